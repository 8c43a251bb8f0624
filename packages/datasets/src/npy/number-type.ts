/** How numbers of one type lie in a file. */
export interface NumberType {
  /** As numpy calls it. */
  readonly name: string;
  /** Bytes each. */
  readonly size: number;
  /** Which values are black and white, where the type alone says it. */
  readonly range?: readonly [black: number, white: number];
  /** The number at byte `at`. */
  read(view: DataView, at: number, littleEndian: boolean): number;
}

/** The types of numbers that may be pixels or labels, by what numpy writes after the byte order. */
export const numberTypes: Readonly<Record<string, NumberType>> = {
  b1: { name: 'bool', size: 1, range: [0, 1], read: (view, at) => view.getUint8(at) },
  u1: { name: 'uint8', size: 1, range: [0, 255], read: (view, at) => view.getUint8(at) },
  i1: { name: 'int8', size: 1, read: (view, at) => view.getInt8(at) },
  u2: { name: 'uint16', size: 2, range: [0, 65535], read: (view, at, little) => view.getUint16(at, little) },
  i2: { name: 'int16', size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { name: 'uint32', size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { name: 'int32', size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u8: { name: 'uint64', size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { name: 'int64', size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f2: { name: 'float16', size: 2, read: (view, at, little) => float16(view.getUint16(at, little)) },
  f4: { name: 'float32', size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { name: 'float64', size: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

/** What the last bit of a binary16 is worth, by its exponent. */
const unitsOfFloat16 = Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function float16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const unit = unitsOfFloat16[exponent];
  const magnitude =
    unit !== undefined
      ? unit * (exponent === 0 ? fraction : 1024 + fraction)
      : fraction === 0
        ? Number.POSITIVE_INFINITY
        : Number.NaN;
  return bits & 0x8000 ? -magnitude : magnitude;
}
