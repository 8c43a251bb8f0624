/** A decoded picture, of whatever size it has: upright, 8 bits deep, sRGB. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA. Alpha is straight: colors are not multiplied by it. */
  readonly channels: 1 | 2 | 3 | 4;
  /** [height, width, channels], 0 .. 255. */
  readonly data: Uint8Array;
}

/** A picture, or the bytes of an image file (JPEG, PNG ...) that a decoder makes one of. */
export type StoredPicture = Picture | Uint8Array;
