import { argumentError, assertInteger } from '@eigengan/core';

/** A finished picture as plain data: what every drawing here returns, and what `encodePng` writes. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Red, green, blue, alpha of each pixel, 0 to 255, row by row from the top: 4 * width * height bytes. */
  readonly data: Uint8Array;
}

/** Refuses what is not a picture, naming the numbers that disagree. */
export function assertPicture(where: string, picture: Picture): void {
  assertInteger(`${where}: width`, picture.width, { min: 1 });
  assertInteger(`${where}: height`, picture.height, { min: 1 });
  const bytes = picture.width * picture.height * 4;
  if (!(picture.data instanceof Uint8Array) || picture.data.length !== bytes) {
    const size = `${picture.width} x ${picture.height}`;
    throw argumentError(where, `data must be a Uint8Array of ${bytes} bytes for ${size} RGBA`, picture.data);
  }
}
