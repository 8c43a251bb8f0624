import { argumentError, assertFields, assertOneOf, missingPackage } from '@eigengan/core';
import { assertPicture, type Picture } from './picture';

export interface PngOptions {
  /** Keyword to text, written as `tEXt` chunks: Latin-1, keywords of 1 to 79 characters. */
  readonly text?: Readonly<Record<string, string>> | undefined;
  /** Whether the file has alpha where nothing is see-through, too. Default `needed`. */
  readonly alpha?: 'needed' | 'always' | undefined;
}

/**
 * A picture as the bytes of a PNG file, 8 bits a channel: RGB, or RGBA where anything is see-through.
 *
 * @throws ArgumentError when the picture's data does not have the length its size asks for, or a
 * text is not what a PNG can hold
 */
export async function encodePng(picture: Picture, options: PngOptions = {}): Promise<Uint8Array> {
  assertFields('encodePng', options, ['text', 'alpha']);
  assertPicture('encodePng', picture);
  assertOneOf('encodePng: alpha', options.alpha ?? 'needed', ['needed', 'always']);
  for (const [keyword, text] of Object.entries(options.text ?? {})) {
    if (!/^[\x20-\x7e\xa1-\xff]{1,79}$/.test(keyword)) {
      throw argumentError('encodePng: text', 'keywords must be 1 to 79 characters of Latin-1', keyword);
    }
    if (Array.from(text, (one) => one.charCodeAt(0)).some((code) => code === 0 || code > 255)) {
      throw argumentError(`encodePng: text.${keyword}`, 'must be Latin-1 without a zero character', text);
    }
  }
  // An ES module only: a dynamic import reaches it from CommonJS too.
  const { encode } = await import('fast-png').catch((cause: unknown) => {
    throw missingPackage('encodePng', 'fast-png', cause);
  });
  const { width, height, data } = picture;
  const opaque = options.alpha !== 'always' && data.every((byte, at) => at % 4 !== 3 || byte === 255);
  const image = {
    width,
    height,
    depth: 8 as const,
    channels: opaque ? 3 : 4,
    data: opaque ? data.filter((_, at) => at % 4 !== 3) : data,
    ...(options.text === undefined ? {} : { text: { ...options.text } }),
  };
  return encode(image, { zlib: { level: 9 } });
}
