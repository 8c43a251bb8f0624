import type { Picture } from '../pictures/picture';

/**
 * Makes a picture of an image file's bytes: its first frame, upright as its EXIF orientation says, sRGB, 8
 * bits deep, in its own size.
 *
 * @throws FormatError with the reason when the file is damaged, or no image
 */
export type Decoder = (name: string, bytes: Uint8Array) => Promise<Picture>;
