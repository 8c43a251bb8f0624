import { formatError } from '@eigengan/core';
import { interleaved } from '../pictures/interleaved';
import type { Picture, StoredPicture } from '../pictures/picture';
import { type Features, featureBytes, featureIntegers } from './example';

/** What StyleGAN's sets call their planes and the sizes of these. */
export const planesFeature = 'data';
const shapeFeature = 'shape';

/** Names that pictures have in records that people share; the first that a record has is taken. */
const usualNames = [
  'image/encoded',
  'image',
  'image_raw',
  'image_bytes',
  'encoded',
  'img',
  'jpeg',
  'png',
  planesFeature,
];

/**
 * The name of the feature that holds the picture.
 *
 * @throws FormatError, with the names there are, when none is usual
 */
export function pictureFeature(where: string, features: Features): string {
  const name = usualNames.find((usual) => features.has(usual));
  if (name !== undefined) return name;
  throw formatError(where, `must have one of the features ${usualNames.join(', ')}`, [...features.keys()], {
    hint: 'Name the one that holds the picture by the option feature',
  });
}

/**
 * The picture of a record: planes of uint8 where it says their `shape` [channels, height, width] (StyleGAN's
 * sets), pixels of uint8 where it says `height` and `width` (with `depth` or `channels`) and has as many
 * bytes, else an encoded image.
 *
 * @throws FormatError when there is none, or it is not as large as the record says
 */
export function examplePicture(where: string, features: Features, name: string): StoredPicture {
  const bytes = featureBytes(where, features, name);
  if (bytes === undefined) {
    throw formatError(where, `must have the feature ${name}`, [...features.keys()]);
  }
  if (name === planesFeature && features.has(shapeFeature)) {
    const shape = featureIntegers(where, features, shapeFeature) ?? [];
    const [channels = 0, height = 0, width = 0] = shape;
    const sizes = sizesOf(height, width, channels);
    if (shape.length !== 3 || sizes === undefined) {
      throw formatError(`${where}: ${shapeFeature}`, 'must be [1 .. 4 channels, height, width]', shape);
    }
    if (bytes.length !== height * width * channels) {
      const rule = `shape [${shape.join(', ')}] needs ${height * width * channels} bytes`;
      throw formatError(`${where}: ${name}`, rule, bytes.length);
    }
    return { ...sizes, data: interleaved(bytes, sizes.channels) };
  }
  const integer = (...names: string[]) => {
    const found = names.flatMap((one) => [one, `image/${one}`]).find((one) => features.has(one));
    return found === undefined ? undefined : featureIntegers(where, features, found)?.[0];
  };
  const height = integer('height');
  const width = integer('width');
  if (height === undefined || width === undefined) return bytes;
  const sizes = sizesOf(height, width, integer('depth', 'channels') ?? bytes.length / height / width);
  const raw = sizes !== undefined && bytes.length === height * width * sizes.channels;
  return raw ? { ...sizes, data: bytes } : bytes;
}

function sizesOf(height: number, width: number, channels: number): Omit<Picture, 'data'> | undefined {
  if (height < 1 || width < 1) return undefined;
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4) return undefined;
  return { height, width, channels };
}
