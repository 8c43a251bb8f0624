import { FormatError, formatError } from '@eigengan/core';

/** The kinds of image files that one platform or the other decodes. */
export type PictureKind = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'AVIF' | 'TIFF' | 'BMP';

interface Signature {
  readonly kind: string;
  /** Bytes at `at` (0 by default); `undefined` stands for any. */
  readonly bytes: readonly (number | undefined)[];
  readonly at?: number;
}

const text = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0));
const any = undefined;

/** How files begin: https://en.wikipedia.org/wiki/List_of_file_signatures. The first that fits decides. */
const signatures: readonly Signature[] = [
  { kind: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'PNG', bytes: [0x89, ...text('PNG\r\n'), 0x1a, 0x0a] },
  { kind: 'GIF', bytes: text('GIF87a') },
  { kind: 'GIF', bytes: text('GIF89a') },
  { kind: 'WebP', bytes: [...text('RIFF'), any, any, any, any, ...text('WEBP')] },
  { kind: 'TIFF', bytes: [...text('II'), 42, 0] },
  { kind: 'TIFF', bytes: [...text('MM'), 0, 42] },
  { kind: 'BigTIFF', bytes: [...text('II'), 43, 0] },
  { kind: 'BigTIFF', bytes: [...text('MM'), 0, 43] },
  { kind: 'AVIF', bytes: text('ftypavif'), at: 4 },
  { kind: 'AVIF', bytes: text('ftypavis'), at: 4 },
  // These brands are also of AVIF files, which name avif among the compatible ones.
  { kind: 'HEIF', bytes: text('ftypmif1'), at: 4 },
  { kind: 'HEIF', bytes: text('ftypmsf1'), at: 4 },
  { kind: 'HEIC', bytes: text('ftyphe'), at: 4 },
  { kind: 'MP4', bytes: text('ftyp'), at: 4 },
  { kind: 'JPEG XL', bytes: [0, 0, 0, 12, ...text('JXL ')] },
  { kind: 'JPEG XL', bytes: [0xff, 0x0a] },
  { kind: 'JPEG 2000', bytes: [0, 0, 0, 12, ...text('jP  ')] },
  { kind: 'JPEG 2000', bytes: [0xff, 0x4f, 0xff, 0x51] },
  { kind: 'ICO', bytes: [0, 0, 1, 0] },
  { kind: 'PSD', bytes: text('8BPS') },
  { kind: 'OpenEXR', bytes: [0x76, 0x2f, 0x31, 0x01] },
  { kind: 'Radiance HDR', bytes: text('#?') },
  { kind: 'PDF', bytes: text('%PDF') },
  { kind: 'zip', bytes: [...text('PK'), 3, 4] },
  { kind: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'HTML', bytes: text('<!DOCTYPE html') },
  { kind: 'SVG', bytes: text('<svg') },
  { kind: 'XML or SVG', bytes: text('<?xml') },
  { kind: 'BMP', bytes: text('BM') },
];

/**
 * What kind of image file the bytes are, by how they begin, whatever the file is called.
 *
 * @throws FormatError that says what was expected and found when it is none of `readable`
 */
export function pictureKind<K extends PictureKind>(
  name: string,
  bytes: Uint8Array,
  readable: readonly K[],
): K {
  const kind = kindOf(bytes);
  const found = readable.find((one) => one === kind);
  if (found !== undefined) return found;
  const rule = `must hold one of ${readable.join(', ')}`;
  if (bytes.length === 0) throw formatError(name, rule, 'an empty file');
  if (kind !== undefined) throw formatError(name, rule, kind);
  const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new FormatError(`${name}: ${rule}, got a file that begins with ${start}`);
}

function kindOf(bytes: Uint8Array): string | undefined {
  const kind = signatures.find(({ bytes: expected, at = 0 }) =>
    expected.every((byte, i) => byte === undefined || byte === bytes[at + i]),
  )?.kind;
  return kind === 'HEIF' && namesAvif(bytes) ? 'AVIF' : kind;
}

/** Whether the first box, of at most 256 bytes, lists the brand avif. ISO/IEC 14496-12, 4.3. */
function namesAvif(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 256, (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0));
  return String.fromCharCode(...bytes.subarray(16, Math.max(16, end))).includes('avif');
}
