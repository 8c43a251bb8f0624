import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, EigenganError, encodeSafetensors, type TensorRecord } from './index';

/** A file as the format's specification spells it, byte by byte. */
function handWritten(header: string, data: readonly number[]): Uint8Array {
  const json = new TextEncoder().encode(header);
  return Uint8Array.from([json.length % 256, json.length >> 8, 0, 0, 0, 0, 0, 0, ...json, ...data]);
}

describe('safetensors', () => {
  it('reads a file written by hand from the specification', () => {
    const bytes = handWritten(
      '{"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}',
      [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0],
    );
    expect(decodeSafetensors(bytes).tensors.x).toEqual({
      dtype: 'float32',
      shape: [1, 2],
      data: Float32Array.of(1, -2),
    });
  });

  it("reads the files of the format's own Python library", () => {
    const path = new URL('../../../tests/fixtures/rgb32.safetensors', import.meta.url);
    const { tensors } = decodeSafetensors(readFileSync(path));
    expect(Object.keys(tensors)).toHaveLength(264);
    expect(tensors['weights/G/U_1']?.shape).toEqual([8, 8, 16, 6]);
    expect(tensors['inputs/alpha']?.data.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  it('gives back whatever was written, every bit and the metadata', () => {
    const records: fc.Arbitrary<TensorRecord> = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const of = { minLength: length, maxLength: length };
      return fc.oneof(
        fc.float32Array(of).map((data) => ({ dtype: 'float32' as const, shape, data })),
        fc.float64Array(of).map((data) => ({ dtype: 'float64' as const, shape, data })),
        fc.int32Array(of).map((data) => ({ dtype: 'int32' as const, shape, data })),
        fc.uint8Array(of).map((data) => ({ dtype: 'uint8' as const, shape, data })),
      );
    });
    const names = fc.oneof(fc.string(), fc.constant('__proto__')).filter((name) => name !== '__metadata__');
    fc.assert(
      fc.property(fc.dictionary(names, records), fc.dictionary(names, fc.string()), (tensors, metadata) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect({ ...decoded.tensors }).toEqual({ ...tensors });
        expect({ ...decoded.metadata }).toEqual({ ...metadata });
      }),
    );
  });

  it('aligns the data to eight bytes', () => {
    const bytes = encodeSafetensors({ a: { dtype: 'float64', shape: [], data: Float64Array.of(1) } });
    expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
  });

  it('refuses, and never crashes on, files that were damaged anywhere', () => {
    const whole = encodeSafetensors(
      { a: { dtype: 'float32', shape: [3], data: Float32Array.of(1, 2, 3) } },
      { step: '7' },
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (position, value, length) => {
        const damaged = whole.slice(0, length);
        if (position < length) damaged[position] = value;
        try {
          decodeSafetensors(damaged);
        } catch (error) {
          expect(EigenganError.is(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSafetensors(whole.subarray(0, length))).toThrow(EigenganError);
    }
    expect(() => decodeSafetensors(Uint8Array.of(...whole, 0))).toThrow('describes 12 bytes of data, got 13');
  });

  it('refuses a shape that its data do not fill, with both numbers', () => {
    expect(() =>
      encodeSafetensors({ a: { dtype: 'float32', shape: [2, 3], data: new Float32Array(5) } }),
    ).toThrow('safetensors: a: shape [2, 3] needs 6 elements, got 5');
  });

  it('refuses what is no tensor and no file', () => {
    const data = new Float32Array(2);
    const encode = (changes: Readonly<Record<string, unknown>>) =>
      encodeSafetensors({ a: Object.assign({ dtype: 'float32' as const, shape: [2], data }, changes) });
    expect(() => encode({ dtype: 'bool' })).toThrow(
      'safetensors: a: dtype must be one of float32, float64, int32, uint8, got "bool"',
    );
    expect(() => encode({ shape: [-1, -2] })).toThrow('a: shape must be an array of sizes, got [-1, -2]');
    expect(() => encode({ shape: [0.5, 4] })).toThrow('a: shape must be an array of sizes, got [0.5, 4]');
    expect(() => decodeSafetensors(Object.create(ArrayBuffer.prototype))).toThrow(
      'safetensors: needs the bytes as a Uint8Array, got an object of class ArrayBuffer',
    );
  });

  it('refuses tensors that overlap or leave a gap', () => {
    const entry = (start: number, end: number) =>
      `{"dtype":"U8","shape":[2],"data_offsets":[${start},${end}]}`;
    expect(() =>
      decodeSafetensors(handWritten(`{"a":${entry(0, 2)},"b":${entry(1, 3)}}`, [1, 2, 3, 4])),
    ).toThrow('safetensors: b: its data must start at byte 2, got 1');
  });
});
