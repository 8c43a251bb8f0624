import { argumentError, assertInteger, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { numberedNames } from '../pictures/numbered-names';
import type { PictureSource } from '../pictures/picture-source';
import { arrayLabels } from './array-labels';
import type { CheckedArrayOptions } from './array-options';
import { arrayPicture, type PictureNumbers } from './array-picture';
import { type NpyHeader, npyHeader } from './npy-header';
import { type PictureLayout, pictureLayout } from './picture-layout';

/** The pictures of an .npy file, wherever it comes from, with the labels of another. */
export async function arrayPictures(
  file: ByteSource,
  labels: ByteSource | undefined,
  { layout, range, maxBytes }: CheckedArrayOptions,
): Promise<PictureSource> {
  const header = await npyHeader(file);
  const pictures = pictureLayout(file.name, header.shape, header.fortran, layout);
  const numbers = numbersReader(file, header, pictures, maxBytes);
  const { height, width, channels, length } = pictures;
  const names = numberedNames(file.name, length);
  const blackAndWhite = range ?? header.type.range ?? (await refuseWithoutRange(file, header, numbers));
  return {
    names,
    labels: labels === undefined ? undefined : await arrayLabels(labels, length, maxBytes),
    shape: [height, width, channels],
    fingerprint: [file.fingerprint, labels?.fingerprint ?? '', layout ?? '', blackAndWhite.join()].join('\n'),
    read: async (index) => {
      assertInteger(`${file.name}: index`, index, { min: 0, max: length - 1 });
      const found = await numbers.read(index);
      return arrayPicture(`${file.name}: picture ${index}`, header, pictures, blackAndWhite, found);
    },
    close: async () => {
      numbers.forget();
      await Promise.all([file.close(), labels?.close()]);
    },
  };
}

/** Reads a picture's numbers: in C's order its own, in Fortran's all, which are kept. */
function numbersReader(file: ByteSource, header: NpyHeader, pictures: PictureLayout, maxBytes: number) {
  const { type, fortran, start } = header;
  const pictureBytes = pictures.height * pictures.width * pictures.channels * type.size;
  const held = fortran ? pictures.length * pictureBytes : pictureBytes;
  if (held > maxBytes) {
    const what = fortran ? "an array in Fortran's order" : 'a picture';
    throw formatError(file.name, `${what} may take at most maxBytes = ${maxBytes} bytes`, held, {
      hint: fortran ? "Raise maxBytes, or save it in C's order: numpy.ascontiguousarray" : undefined,
    });
  }
  let whole: Promise<Uint8Array> | undefined;
  return {
    read: async (index: number): Promise<PictureNumbers> => {
      if (!fortran) return { bytes: await file.read(start + index * pictureBytes, pictureBytes), first: 0 };
      whole ??= file.read(start, held);
      try {
        return { bytes: await whole, first: index };
      } catch (error) {
        whole = undefined;
        throw error;
      }
    },
    forget: (): void => {
      whole = undefined;
    },
  };
}

/** Refuses an array of a type that does not say what black and white are, with the values of its first picture. */
async function refuseWithoutRange(
  file: ByteSource,
  { type, littleEndian, fortran, shape }: NpyHeader,
  numbers: ReturnType<typeof numbersReader>,
): Promise<never> {
  const { bytes, first } = await numbers.read(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = fortran ? (shape[0] ?? 1) : 1;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = first; (i + 1) * type.size <= bytes.length; i += step) {
    const value = type.read(view, i * type.size, littleEndian);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const rule = `range must say which values of ${type.name} are black and white`;
  throw argumentError(file.name, rule, undefined, {
    hint: `The first picture's go from ${low} to ${high}: give e.g. range: [0, 1], [-1, 1] or [0, 255]`,
  });
}
