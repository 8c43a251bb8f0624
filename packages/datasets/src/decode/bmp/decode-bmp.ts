import type { Picture } from '../../pictures/picture';
import { type BmpHeader, bmpHeader } from './bmp-header';

/**
 * Decodes a BMP file that is not compressed: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, bit fields.
 *
 * @returns RGB, or RGBA where the file has alpha that is not 0 everywhere
 * @throws FormatError when the file is cut short, compressed or none
 */
export function decodeBmp(name: string, bytes: Uint8Array): Picture {
  const header = bmpHeader(name, bytes);
  const { height, width, bits, masks } = header;
  const channels = masks[3] === 0 ? 3 : 4;
  const data = new Uint8Array(height * width * channels);
  const readRow = bits <= 8 ? paletteRows(header, bytes) : bits === 24 ? copyRow : maskedRows(header);
  for (let y = 0; y < height; y++) {
    const row = header.bottomUp ? height - 1 - y : y;
    const start = header.offset + row * header.pitch;
    const target = data.subarray(y * width * channels, (y + 1) * width * channels);
    readRow(target, bytes.subarray(start, start + header.pitch), width);
  }
  return { height, width, channels, data: channels === 4 ? visible(data) : data };
}

type ReadRow = (target: Uint8Array, source: Uint8Array, width: number) => void;

const copyRow: ReadRow = (target, source, width) => {
  for (let i = 0; i < 3 * width; i += 3) {
    target[i] = source[i + 2]!;
    target[i + 1] = source[i + 1]!;
    target[i + 2] = source[i]!;
  }
};

/** A number beyond the palette is black. */
function paletteRows({ bits, palette }: BmpHeader, bytes: Uint8Array): ReadRow {
  const colors = new Uint8Array(3 * 256);
  for (let i = 0; i < palette.length; i++) {
    for (let c = 0; c < 3; c++) colors[3 * i + c] = bytes[palette.offset + i * palette.entry + 2 - c]!;
  }
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  return (target, source, width) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * (1 + (x % perByte));
      const color = 3 * ((source[Math.floor(x / perByte)]! >> shift) & mask);
      for (let c = 0; c < 3; c++) target[3 * x + c] = colors[color + c]!;
    }
  };
}

function maskedRows({ bits, masks }: BmpHeader): ReadRow {
  const channels = masks.slice(0, masks[3] === 0 ? 3 : 4).map((mask) => {
    const shift = mask === 0 ? 0 : Math.clz32(mask & -mask) ^ 31;
    return { mask, shift, scale: mask === 0 ? 0 : 255 / (mask >>> shift) };
  });
  return (target, source, width) => {
    const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
    let to = 0;
    for (let x = 0; x < width; x++) {
      const pixel = bits === 16 ? view.getUint16(2 * x, true) : view.getUint32(4 * x, true);
      for (const { mask, shift, scale } of channels) {
        target[to++] = Math.min(255, ((pixel & mask) >>> shift) * scale + 0.5);
      }
    }
  };
}

/** Many programs leave alpha 0 everywhere and mean opaque. */
function visible(rgba: Uint8Array): Uint8Array {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 0) return rgba;
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return rgba;
}
