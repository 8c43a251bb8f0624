import type { ImageForm } from '../../packages/datasets/src/decode/image-form';

const background = [200, 100, 0] as const;

/** What the pictures become: each fit, each number of channels, the first without scaling. */
export const forms: readonly ImageForm[] = [
  { height: 30, width: 40, channels: 4, fit: 'stretch', background },
  { height: 16, width: 16, channels: 3, fit: 'cover', background },
  { height: 50, width: 37, channels: 1, fit: 'contain', background },
];
