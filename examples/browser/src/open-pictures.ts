import { loader, portraits } from '@eigengan/datasets';
import { imageFiles } from '@eigengan/datasets/browser';
import type { Settings } from './messages';

/** Batches of the person's own pictures, or of drawn portraits when there are none. */
export async function openPictures(
  files: readonly File[],
  { size, batch, seed }: Pick<Settings, 'size' | 'batch' | 'seed'>,
  onDamaged: (name: string, reason: string) => void,
) {
  if (files.length === 0) return loader(portraits({ size }), { batch, seed });
  const images = await imageFiles(files, { size, channels: 3 });
  return loader(images, {
    batch,
    seed,
    onDamaged: (index, { message }) => onDamaged(images.names[index] ?? String(index), message),
  });
}
