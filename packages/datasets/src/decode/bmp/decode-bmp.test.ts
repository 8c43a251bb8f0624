import { EigenganError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnPicture, mixed } from '../picture.testing';
import { bmpFiles } from './bmp.testing';
import { decodeBmp } from './decode-bmp';

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

// Written by Pillow; the files of bmp.testing.ts are compared with Chromium's decoder in tests/decoding.
const rgb = fromBase64(
  'Qk2uAAAAAAAAADYAAAAoAAAABwAAAAUAAAABABgAAAAAAHgAAADEDgAAxA4AAAAAAAAAAAAAVOV2qzjFDZYgev+G83T3ePV0' +
    'CIH8AAAAN+KPPuWOUPOYbQytljHOymL7CZ4zAAAATBHYAsSHw4JBkEsGaSDXTQC0POucAAAAkXJT99SyaEEc5bqRbj8SAs+e' +
    'oWo1AAAACAMAHhUOPzInbFtMpJB959C5NhsAAAAA',
);
const palette = fromBase64(
  'Qk3qAAAAAAAAAMIAAAAoAAAABwAAAAUAAAABAAgAAAAAACgAAADEDgAAxA4AACMAAAAjAAAAev+GAFDzmAA865wAePV0AD7l' +
    'jgBU5XYA99SyAOfQuQA34o8AAs+eAOW6kQACxIcApJB9APN09wAIgfwAw4JBAA2WIAAJnjMAymL7AKs4xQCWMc4AkXJTAGxb' +
    'TABpINcATBHYAG0MrQBNALQAoWo1AJBLBgBoQRwAbj8SAD8yJwAeFQ4ANhsAAAgDAAAFExAADQMOAAgEARkUEhEAGAsPHBca' +
    'AgAVBh0KHgkbACIgHxYMByEA',
);
const paletteColors = fromBase64(
  'AAMIDhUeJzI/TFtsfZCkudDnABs2U3KRstT3HEFokbrlEj9uns8CNWqh2BFMh8QCQYLDBkuQ1yBptABNnOs8j+I3juU+mPNQ' +
    'rQxtzjGW+2LKM54JduVUxTirIJYNhv9693TzdPV4/IEI',
);
const oneBit = fromBase64(
  'Qk1SAAAAAAAAAD4AAAAoAAAABwAAAAUAAAABAAEAAAAAABQAAADEDgAAxA4AAAIAAAACAAAAAAAAAP///wCeAAAA1AAAAGIA' +
    'AABUAAAADAAAAA==',
);
const oneBitColors = fromBase64(
  'AAAAAAAAAAAAAAAA////////AAAAAAAA////AAAA////AAAA////AAAAAAAA////////AAAAAAAAAAAA////////////AAAA' +
    '////AAAA////AAAA////AAAAAAAA////////////////',
);

describe('decodeBmp', () => {
  it('reads what Pillow writes', () => {
    const drawn = drawnPicture([5, 7, 3], (y, x, c) => mixed((y * 7 + x) * 3 + c));
    expect(decodeBmp('a.bmp', rgb)).toEqual(drawn);
    expect(decodeBmp('a.bmp', palette)).toEqual({ ...drawn, data: paletteColors });
    expect(decodeBmp('a.bmp', oneBit)).toEqual({ ...drawn, data: oneBitColors });
  });

  it('reads a view that begins inside a larger buffer', () => {
    const larger = new Uint8Array(rgb.length + 9);
    larger.set(rgb, 5);
    expect(decodeBmp('a.bmp', larger.subarray(5, 5 + rgb.length))).toEqual(decodeBmp('a.bmp', rgb));
  });

  it('refuses what is cut short or claims too much, with what is needed', () => {
    expect(() => decodeBmp('a.bmp', rgb.subarray(0, 20))).toThrow(
      'a.bmp: must have 26 bytes for its header, got 20',
    );
    expect(() => decodeBmp('a.bmp', rgb.subarray(0, 173))).toThrow(
      'a.bmp: must have 174 bytes for its 5 x 7 pixels, got 173',
    );
    const changed = (at: number, value: number) => {
      const bytes = rgb.slice();
      new DataView(bytes.buffer).setInt32(at, value, true);
      return () => decodeBmp('a.bmp', bytes);
    };
    expect(changed(18, 0x7fffffff)).toThrow(
      'a.bmp: must have 1 to 268435456 pixels, at most 1048576 a side, got "5 x 2147483647"',
    );
    expect(changed(22, -(2 ** 31))).toThrow('must have 1 to 268435456 pixels');
    expect(changed(18, 1 << 25)).toThrow('a.bmp: must have');
    expect(changed(30, 1)).toThrow('a.bmp: must not be compressed, got "RLE8"');
    expect(changed(28, 23)).toThrow('must have 1, 4, 8, 16, 24, 32 bits a pixel, got 23');
    expect(changed(14, 13)).toThrow('must have a header of 12 or 40 to 1024 bytes at byte 14, got 13');
  });

  it('answers damaged files with a picture or an error of ours', () => {
    const damage = fc.record({
      file: fc.constantFrom(...bmpFiles.map(({ bytes }) => bytes), rgb, palette),
      changes: fc.array(fc.tuple(fc.oneof(fc.nat(69), fc.nat(2000)), fc.nat(255)), { maxLength: 4 }),
      length: fc.oneof({ weight: 3, arbitrary: fc.constant(2000) }, { weight: 1, arbitrary: fc.nat(400) }),
    });
    let pictures = 0;
    fc.assert(
      fc.property(damage, ({ file, changes, length }) => {
        const bytes = file.slice(0, length);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        try {
          const { height, width, channels, data } = decodeBmp('damaged', bytes);
          expect(data.length).toBe(height * width * channels);
          pictures++;
        } catch (error) {
          if (!EigenganError.is(error)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
    expect(pictures).toBeGreaterThan(500);
  });
});
