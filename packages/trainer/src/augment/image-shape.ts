import { argumentError } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';

export interface ImageShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageShape({ shape }: tf.Tensor): ImageShape {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  return { batch, height, width, channels };
}

/** @throws ArgumentError unless a discriminator's input are images of 1 to 4 channels */
export function checkImageShape(where: string, shape: readonly (number | null)[]): void {
  const [, , , channels] = shape;
  if (shape.length === 4 && typeof channels === 'number' && channels >= 1 && channels <= 4) return;
  const rule = 'the discriminator must take images [height, width, channels] of 1 to 4 channels';
  throw argumentError(where, rule, `[${shape.slice(1).join(', ')}]`);
}
