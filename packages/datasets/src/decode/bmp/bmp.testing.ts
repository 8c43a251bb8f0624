import { mixed } from '../picture.testing';

interface BmpVariant {
  readonly bits: number;
  /** 12 OS/2, 40 Windows 3, 108 and 124 Windows 4 and 5. */
  readonly headerSize?: number;
  readonly topDown?: boolean;
  /** Red, green, blue and, from header 56 on, alpha. */
  readonly masks?: readonly number[];
  readonly colors?: number;
}

const [height, width] = [6, 11];

/** A BMP file of 6 x 11 pixels of all values. */
function bmpFile({ bits, headerSize = 40, topDown = false, masks, colors }: BmpVariant): Uint8Array {
  const isCore = headerSize === 12;
  const entries = bits > 8 ? 0 : (colors ?? 2 ** bits);
  const behind = masks !== undefined && headerSize === 40 ? 12 : 0;
  const palette = 14 + headerSize + behind;
  const offset = palette + entries * (isCore ? 3 : 4);
  const pitch = Math.ceil((width * bits) / 32) * 4;
  const bytes = new Uint8Array(offset + pitch * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, offset, true);
  view.setUint32(14, headerSize, true);
  if (isCore) {
    [width, height, 1, bits].forEach((value, i) => {
      view.setUint16(18 + 2 * i, value, true);
    });
  } else {
    view.setInt32(18, width, true);
    view.setInt32(22, topDown ? -height : height, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    view.setUint32(30, masks === undefined ? 0 : 3, true);
    view.setUint32(46, colors ?? 0, true);
    masks?.forEach((mask, i) => {
      view.setUint32(54 + 4 * i, mask, true);
    });
  }
  for (let i = palette; i < bytes.length; i++) {
    // The fourth byte of a color of the palette is reserved.
    bytes[i] = !isCore && i < offset && (i - palette) % 4 === 3 ? 0 : mixed(i * 3);
  }
  // Pixels of a short palette must be in it.
  if (colors !== undefined) for (let i = offset; i < bytes.length; i++) bytes[i]! %= colors;
  return bytes;
}

export const bmpFiles: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [
  { name: '1 bit', variant: { bits: 1 } },
  { name: '4 bits', variant: { bits: 4 } },
  { name: '8 bits', variant: { bits: 8 } },
  { name: '8 bits with 20 colors', variant: { bits: 8, colors: 20 } },
  { name: '8 bits of OS/2', variant: { bits: 8, headerSize: 12 } },
  { name: '16 bits', variant: { bits: 16 } },
  { name: '16 bits 565', variant: { bits: 16, masks: [0xf800, 0x7e0, 0x1f] } },
  { name: '24 bits', variant: { bits: 24 } },
  { name: '24 bits of OS/2', variant: { bits: 24, headerSize: 12 } },
  { name: '24 bits from the top down', variant: { bits: 24, topDown: true } },
  { name: '24 bits of Windows 5', variant: { bits: 24, headerSize: 124 } },
  { name: '32 bits', variant: { bits: 32 } },
  { name: '32 bits in another order', variant: { bits: 32, masks: [0xff, 0xff00, 0xff0000] } },
  {
    name: '32 bits with alpha',
    variant: { bits: 32, headerSize: 108, masks: [0xff0000, 0xff00, 0xff, 0xff000000] },
  },
].map(({ name, variant }) => ({ name, bytes: bmpFile(variant) }));
