import { EigenganError, FormatError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLandmarks } from './parse-landmarks';
import { fiveLandmarks, parseStandardLandmarks } from './standard-landmarks';

const titles =
  'lefteye_x lefteye_y righteye_x righteye_y nose_x nose_y leftmouth_x leftmouth_y rightmouth_x rightmouth_y';
// The first lines of CelebA's own list, as it is spaced.
const celeba = `2
${titles} 
000001.jpg 69  109  106  113   77  142   73  152  108  154
000002.jpg 69  110  107  112   81  135   70  151  108  153
`;
const csv = `image_id,${titles.replaceAll(' ', ',')}
000001.jpg,69,109,106,113,77,142,73,152,108,154
000002.jpg,69,110,107,112,81,135,70,151,108,153
`;
const expected = {
  names: ['000001.jpg', '000002.jpg'],
  perFace: 5,
  points: Float64Array.of(
    ...[69, 109, 106, 113, 77, 142, 73, 152, 108, 154],
    ...[69, 110, 107, 112, 81, 135, 70, 151, 108, 153],
  ),
};

describe('parseLandmarks', () => {
  it("reads CelebA's lists, with their count and titles and without", () => {
    expect(parseLandmarks(celeba)).toEqual(expected);
    const [, , ...rows] = celeba.split('\n');
    expect(parseLandmarks(rows.join('\r\n'))).toEqual(expected);
    expect(parseLandmarks(`${titles}\n${rows.join('\n')}`)).toEqual(expected);
    expect(parseLandmarks(`2\n${rows.join('\n')}`)).toEqual(expected);
  });

  it('reads CSV, with titles and without, quoted and after a byte order mark', () => {
    expect(parseLandmarks(csv)).toEqual(expected);
    expect(parseLandmarks(csv.slice(csv.indexOf('\n')))).toEqual(expected);
    expect(parseLandmarks(`\ufeff2\n${csv.replaceAll('\n', '\r\n\r\n')}`)).toEqual(expected);
    const quoted = parseLandmarks('file,x1,y1,x2,y2,x3,y3\n"a, ""b"".jpg" , "1",2.5,-.5,+4.,5e1,6E-1\n');
    expect(quoted).toEqual({
      names: ['a, "b".jpg'],
      perFace: 3,
      points: Float64Array.of(1, 2.5, -0.5, 4, 50, 0.6),
    });
  });

  it('takes the columns that are named', () => {
    const columns = ['nose_x', 'nose_y', 'lefteye_x', 'lefteye_y', 'righteye_x', 'righteye_y'];
    const points = Float64Array.of(77, 142, 69, 109, 106, 113, 81, 135, 69, 110, 107, 112);
    for (const text of [csv, celeba]) {
      expect(parseLandmarks(text, { columns })).toEqual({ names: expected.names, perFace: 3, points });
    }
    const apart = 'file,x0,x1,x2,y0,y1,y2,score\nf.jpg,1,2,3,4,5,6,good\n';
    expect(() => parseLandmarks(apart)).toThrow('x and y take turns, so title 2 must be an y, got "x1"');
    expect(parseLandmarks(apart, { columns: ['x0', 'y0', 'x1', 'y1', 'x2', 'y2'] }).points).toEqual(
      Float64Array.of(1, 4, 2, 5, 3, 6),
    );
    expect(() => parseLandmarks(apart, { columns: ['x0', 'y0', 'x1', 'y1', 'x2', 'y_2'] })).toThrow('"y2"');
    expect(() => parseLandmarks('f.jpg,1,2,3,4,5,6', { columns: ['x0', 'y0'] })).toThrow('must hold titles');
  });

  it('says file, line and what was expected', () => {
    const fails = (text: string) => () => parseLandmarks(text, { name: 'list.txt' });
    expect(fails(celeba.replace('2\n', '3\n'))).toThrow(
      'list.txt: must hold 3 pictures, as line 1 says, got 2',
    );
    expect(fails(celeba.replace('000002', '000001'))).toThrow(
      'list.txt: line 4: must be another picture than line 3, got "000001.jpg"',
    );
    expect(fails(celeba.replace('  109', ''))).toThrow(
      'list.txt: line 3: must hold a name and 10 values, got "10 fields"',
    );
    for (const wrong of ['0x10', 'nan', 'inf', '-', '1e9', '']) {
      expect(fails(csv.replace('135', wrong))).toThrow(
        `list.txt: line 3: value 6: must be a number of pixels within 1000000, got "${wrong}"`,
      );
    }
    expect(fails(csv.replace('000002.jpg', ''))).toThrow("line 3: must begin with the picture's name");
    expect(fails('a.jpg,1,2,3,4,5,6\n"b.jpg,1,2,3,4,5,6')).toThrow('line 2: a quoted field must end');
    for (const empty of ['', '\n\n', '0', `0\n${titles}\n`, `f,${titles.replaceAll(' ', ',')}`]) {
      expect(fails(empty)).toThrow('must hold a line for each picture');
    }
    // A list of boxes.
    expect(fails('image_id,x_1,y_1,width,height\na.jpg,1,2,3,4\n')).toThrow('at least 3 landmarks');
  });

  it('is not slowed down by what nearly is a number, or nearly ends', () => {
    const long = `a.jpg,${'9'.repeat(200_000)}x,2,3,4,5,6\n${',"'.repeat(200_000)}`;
    expect(() => parseLandmarks(`a,x,y,x,y,x,y\n${long}`)).toThrow(FormatError);
    expect(() => parseLandmarks(`${',""'.repeat(200_000)}\n`)).toThrow(FormatError);
  }, 30_000);

  it('answers damaged texts with landmarks of the claimed size or an error of ours', () => {
    const damage = fc.record({
      from: fc.constantFrom(celeba, csv, `"q",${csv}`),
      changes: fc.array(fc.tuple(fc.nat(420), fc.constantFrom(...'0 9,"\n-.ex\t', '')), { maxLength: 5 }),
      length: fc.nat(420),
    });
    let whole = 0;
    fc.assert(
      fc.property(damage, ({ from, changes, length }) => {
        let text = from.slice(0, length);
        for (const [at, with_] of changes) text = text.slice(0, at) + with_ + text.slice(at + 1);
        try {
          const { names, perFace, points } = parseLandmarks(text);
          expect(points).toHaveLength(names.length * perFace * 2);
          expect(new Set(names).size).toBe(names.length);
          expect(points.every(Number.isFinite)).toBe(true);
          whole++;
        } catch (error) {
          if (!EigenganError.is(error)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(whole).toBeGreaterThan(30);
  });
});

describe('parseStandardLandmarks', () => {
  it('reads pairs of numbers, on one line or many', () => {
    const text = '-0.23105 -0.26400 0.23073 -0.26231 0.00402 0.04893 -0.17988 0.22249 0.18358 0.22273\n';
    expect(parseStandardLandmarks(text)).toEqual(fiveLandmarks);
    expect(parseStandardLandmarks(text.replaceAll(' ', ',\n'))).toEqual(fiveLandmarks);
  });

  it('refuses anything else', () => {
    expect(() => parseStandardLandmarks('1 2 3 4 5', { name: 'std.txt' })).toThrow(
      'std.txt: must hold x and y of at least 3 landmarks, got 5',
    );
    expect(() => parseStandardLandmarks('1 2 3 4 5 six')).toThrow('number 6: must be a decimal number');
  });
});
