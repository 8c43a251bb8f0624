import { FormatError, messageOf } from '@eigengan/core';
import type { Picture } from '../pictures/picture';
import { decodeBmp } from './bmp/decode-bmp';
import type { Decoder } from './decoder';
import { type PictureKind, pictureKind } from './file-kind';
import { pictureHeader } from './picture-header';
import { assertPixels } from './pixel-limit';
import { withoutColors, withoutOpaqueAlpha } from './without-channels';

const readable = ['JPEG', 'PNG', 'WebP', 'AVIF', 'GIF', 'BMP'] as const satisfies readonly PictureKind[];

/**
 * Decodes JPEG, PNG, WebP, AVIF and GIF as the browser does, in a page or a worker, and BMP as Node does: the
 * first frame, turned as its EXIF orientation says, an embedded profile converted to sRGB.
 *
 * A canvas keeps colors multiplied by alpha, in 8 bits, which loses most of the color of nearly transparent
 * pixels. Pictures with such pixels are therefore read back from a canvas of half floats, which loses nothing;
 * a browser without one (https://html.spec.whatwg.org/#canvascolortype) gives colors that are off by up to
 * 128 / alpha.
 */
export const browserDecoder: Decoder = async (name, bytes) => {
  const kind = pictureKind(name, bytes, readable);
  if (kind === 'BMP') return withoutOpaqueAlpha(decodeBmp(name, bytes));
  const { height, width, gray } = pictureHeader(name, kind, bytes);
  assertPixels(name, height, width);
  const picture = withoutOpaqueAlpha(await decode(name, kind, new Blob([bytes.slice()])));
  return gray ? withoutColors(picture) : picture;
};

async function decode(name: string, kind: PictureKind, file: Blob): Promise<Picture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'default',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    const reason = messageOf(cause);
    throw new FormatError(`${name}: must be a whole ${kind} file, but the browser says ${reason}`, { cause });
  }
  try {
    const { height, width } = bitmap;
    assertPixels(name, height, width);
    let data = readBack(bitmap, 'unorm8');
    if (isTranslucent(data)) data = readBack(bitmap, 'float16');
    return { height, width, channels: 4, data };
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(`${name}: the browser has no canvas of ${bitmap.height} x ${bitmap.width}`, {
      cause,
    });
  } finally {
    bitmap.close();
  }
}

function readBack(bitmap: ImageBitmap, colorType: 'unorm8' | 'float16'): Uint8Array {
  const { height, width } = bitmap;
  // Newer than the types of TypeScript.
  const settings: CanvasRenderingContext2DSettings & { colorType: string } = {
    willReadFrequently: true,
    colorType,
  };
  const context = new OffscreenCanvas(width, height).getContext('2d', settings);
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const { buffer, byteOffset, byteLength } = context.getImageData(0, 0, width, height).data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function isTranslucent(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255 && rgba[i] !== 0) return true;
  return false;
}
