import { describe, expect, it } from 'vitest';
import { expectGridOrder, expectIndependentUniform } from '../testing/factor-tables';
import { drawRoom } from './draw-room';
import { type RoomFactors, roomFactorRanges, roomFactorValues } from './factors';
import { rooms } from './rooms';

const [cube, cylinder, sphere, capsule] = [0, 1, 2, 3] as const;
const plain: RoomFactors = {
  floorHue: 0.1,
  wallHue: 0.55,
  objectHue: 0.8,
  scale: 1,
  shape: cube,
  orientation: 0,
};

type Rgb = [red: number, green: number, blue: number];

const pixelOf = (bytes: Uint8Array, i: number): Rgb => [bytes[i * 3]!, bytes[i * 3 + 1]!, bytes[i * 3 + 2]!];

/** Hue of a color, 0 .. 1 from red through yellow, green and blue. */
function hueOf([r, g, b]: Rgb): number {
  const max = Math.max(r, g, b);
  const span = max - Math.min(r, g, b);
  const sixth = max === r ? (g - b) / span : max === g ? 2 + (b - r) / span : 4 + (r - g) / span;
  return (((sixth / 6) % 1) + 1) % 1;
}

function hueDistance(a: number, b: number): number {
  const distance = Math.abs(a - b) % 1;
  return Math.min(distance, 1 - distance);
}

/** How many pixels of the picture show the hue, and the box that they lie in. */
function boxOf(bytes: Uint8Array, size: number, hue: number) {
  let [count, left, right, top, bottom] = [0, size, 0, size, 0];
  for (let i = 0; i < size * size; i++) {
    const rgb = pixelOf(bytes, i);
    if (!(hueDistance(hueOf(rgb), hue) < 0.02)) continue;
    count++;
    left = Math.min(left, i % size);
    right = Math.max(right, (i % size) + 1);
    top = Math.min(top, Math.floor(i / size));
    bottom = Math.max(bottom, Math.floor(i / size) + 1);
  }
  return { count, left, right, top, bottom };
}

/** The greatest difference of any byte. */
const most = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);

function mirrored(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < size * size; i++) {
    const from = i - (i % size) + size - 1 - (i % size);
    result.set(bytes.subarray(from * 3, from * 3 + 3), i * 3);
  }
  return result;
}

describe('rooms', () => {
  it('are the 480,000 pictures of 3D Shapes in its order, the orientation changing fastest', () => {
    const source = rooms({ size: 8, order: 'grid' });
    expect(source.length).toBe(480_000);
    expectGridOrder(source, roomFactorValues);
    const index = ((((3 * 10 + 1) * 10 + 9) * 8 + 7) * 4 + 2) * 15 + 14;
    expect(source.factors(index)).toEqual({
      floorHue: 0.3,
      wallHue: 0.1,
      objectHue: 0.9,
      scale: 1.25,
      shape: 2,
      orientation: 30,
    });
    expect(source.read(index)).toEqual(drawRoom(source.factors(index), 8));
  });

  it('draws each value equally often in random order, each factor independent of the others', () => {
    expectIndependentUniform(rooms({ size: 8, seed: 1 }), 20_000);
  });

  it('draws from seed and index alone', () => {
    const small = rooms({ size: 16, length: 10, seed: 2 });
    const large = rooms({ size: 64, length: 1000, seed: 2 });
    expect(small).toMatchObject({ length: 10, shape: [16, 16, 3] });
    expect(large.factors(9)).toEqual(small.factors(9));
    expect(small.factors(8)).not.toEqual(small.factors(9));
    expect(rooms({ size: 16, seed: 3 }).factors(9)).not.toEqual(small.factors(9));
  });

  it('refuses what it cannot draw', () => {
    expect(() => rooms({ size: 7 })).toThrow('rooms: size');
    expect(() => rooms(JSON.parse('{ "size": 64, "hue": 1 }'))).toThrow('got "hue"');
    expect(() => rooms({ size: 64, order: 'grid', length: 480_001 })).toThrow('at most 480000');
    expect(() => rooms({ size: 64, length: 5 }).read(5)).toThrow('at most 4, got 5');
    expect(() => rooms({ size: 64 }).draw({ ...plain, scale: 2 })).toThrow('rooms: draw: factors.scale');
    expect(() => drawRoom({ ...plain, shape: 4 }, 64)).toThrow('factors.shape: must be an integer');
    expect(() => drawRoom({ ...plain, orientation: Number.NaN }, 64)).toThrow('factors.orientation');
    expect(() => drawRoom(plain, 4)).toThrow('drawRoom: size');
  });
});

describe('drawRoom', () => {
  it('shows floor, wall and object in their hues', () => {
    for (const shape of [cube, cylinder, sphere, capsule]) {
      const bytes = drawRoom({ ...plain, shape, orientation: 12 }, 64);
      const at = (x: number, y: number) => hueOf(pixelOf(bytes, y * 64 + x));
      expect(hueDistance(at(2, 4), 0.55)).toBeLessThan(0.01);
      expect(hueDistance(at(60, 4), 0.55)).toBeLessThan(0.01);
      expect(hueDistance(at(4, 60), 0.1)).toBeLessThan(0.01);
      expect(hueDistance(at(32, 40), 0.8)).toBeLessThan(0.01);
    }
  });

  it('changes with a hue the pixels of that surface alone', () => {
    const size = 48;
    for (const shape of [cube, cylinder, sphere, capsule]) {
      const before = drawRoom({ ...plain, shape, orientation: -17 }, size);
      const changed = (['floorHue', 'wallHue', 'objectHue'] as const).map((name) => {
        const after = drawRoom({ ...plain, shape, orientation: -17, [name]: 0.35 }, size);
        return Array.from({ length: size * size }, (_, i) =>
          pixelOf(before, i).some((value, channel) => value !== pixelOf(after, i)[channel]),
        );
      });
      let alone = 0;
      for (let i = 0; i < size * size; i++) {
        const surfaces = changed.filter((pixels) => pixels[i]).length;
        expect(surfaces, `pixel ${i}`).toBeGreaterThan(0);
        if (surfaces === 1) alone++;
      }
      // The others are pixels through which an edge goes.
      expect(alone / (size * size)).toBeGreaterThan(0.9);
    }
  });

  it('joins the ends of the hue circle', () => {
    const ends = [0, 1].map((hue) => drawRoom({ ...plain, floorHue: hue, wallHue: hue, objectHue: hue }, 32));
    expect(ends[0]).toEqual(ends[1]);
  });

  it('draws the ball as large as perspective has it, its middle where the ray says', () => {
    // The eye is 3.7 before and 2.2 above the foot and looks at (0, 0, 0.5); the ball's middle is at its radius.
    const size = 256;
    for (const scale of [0.75, 1, 1.25]) {
      const radius = 0.66 * scale;
      const { left, right } = boxOf(
        drawRoom({ ...plain, shape: sphere, scale }, size),
        size,
        plain.objectHue,
      );
      const distance = Math.hypot(3.7, 2.2 - radius);
      const toTarget = Math.hypot(3.7, 1.7);
      const cosine = (3.7 * 3.7 + 1.7 * (2.2 - radius)) / (toTarget * distance);
      const depth = distance * cosine;
      // The silhouette's half width, seen from the middle column.
      const half = radius / Math.sqrt(depth * depth - radius * radius * cosine * cosine);
      const exact = (half * size) / 0.84;
      expect(Math.abs((right - left) / 2 - exact), `scale ${scale}`).toBeLessThan(2);
      expect(Math.abs((left + right) / 2 - size / 2)).toBeLessThanOrEqual(0.5);
    }
  });

  it('grows the object with the scale, its foot staying in place', () => {
    for (const shape of [cube, cylinder, sphere, capsule]) {
      const boxes = roomFactorValues.scale.map((scale) =>
        boxOf(drawRoom({ ...plain, shape, scale }, 64), 64, plain.objectHue),
      );
      for (let i = 1; i < boxes.length; i++) {
        expect(boxes[i]!.count, `shape ${shape}`).toBeGreaterThan(boxes[i - 1]!.count * 1.05);
      }
      // Half an object's depth nearer to the eye, it stands lower in the picture.
      expect(boxes[7]!.bottom - boxes[0]!.bottom).toBeLessThan(8);
      expect(boxes[0]!.top - boxes[7]!.top).toBeGreaterThan(8);
    }
  });

  it('shows four different shapes', () => {
    const pictures = [cube, cylinder, sphere, capsule].map((shape) => drawRoom({ ...plain, shape }, 32));
    pictures.forEach((picture, i) => {
      for (const other of pictures.slice(i + 1)) {
        const changed = picture.filter((value, k) => Math.abs(value - other[k]!) > 24).length;
        expect(changed / picture.length).toBeGreaterThan(0.02);
      }
    });
  });

  it('leaves round objects as they are when the eye goes around them, and turns the cube and the room', () => {
    const size = 64;
    for (const shape of [cube, cylinder, sphere, capsule]) {
      const front = drawRoom({ ...plain, shape }, size);
      const side = drawRoom({ ...plain, shape, orientation: 25 }, size);
      const { count } = boxOf(front, size, plain.objectHue);
      let same = 0;
      for (let i = 0; i < size * size; i++) {
        const [a, b] = [pixelOf(front, i), pixelOf(side, i)];
        if (hueDistance(hueOf(a), plain.objectHue) > 0.02) continue;
        if (a.every((value, channel) => Math.abs(value - b[channel]!) <= 1)) same++;
      }
      if (shape === cube) expect(same / count).toBeLessThan(0.8);
      else expect(same / count, `shape ${shape}`).toBeGreaterThan(0.97);
      expect(most(front.subarray(0, size * 3 * 20), side.subarray(0, size * 3 * 20))).toBeGreaterThan(20);
    }
  });

  it('is the mirror image with the eye on the other side', () => {
    for (const shape of [cube, cylinder, sphere, capsule]) {
      for (const orientation of [0, 8, 30]) {
        const left = drawRoom({ ...plain, shape, orientation: -orientation }, 48);
        const right = drawRoom({ ...plain, shape, orientation }, 48);
        expect(most(mirrored(left, 48), right), `${shape} at ${orientation}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('moves the corner on the right outwards as the eye comes from the left to the middle', () => {
    // Where the wall is darkest in its upper part, right of the middle.
    const cornerOf = (orientation: number) => {
      const bytes = drawRoom({ ...plain, orientation }, 96);
      let darkest = 48;
      for (let x = 48; x < 96; x++) {
        if (bytes[(4 * 96 + x) * 3 + 2]! < bytes[(4 * 96 + darkest) * 3 + 2]!) darkest = x;
      }
      return darkest;
    };
    const corners = [-20, -15, -10, -5].map(cornerOf);
    for (let i = 1; i < corners.length; i++)
      expect(corners[i], `${corners}`).toBeGreaterThan(corners[i - 1]!);
  });

  it('changes a little with a small step of each factor but the shape', () => {
    for (const name of ['floorHue', 'wallHue', 'objectHue', 'scale', 'orientation'] as const) {
      const [min, max] = roomFactorRanges[name];
      for (let i = 0; i < 10; i++) {
        const at = (t: number) => drawRoom({ ...plain, [name]: min + (max - min) * t }, 32);
        expect(most(at(i / 10), at(i / 10 + 0.0005)), `${name} at ${i / 10}`).toBeLessThan(24);
      }
    }
  });

  it('smooths edges: a small picture is nearly a large one averaged', () => {
    for (let index = 0; index < 4; index++) {
      const factors = rooms({ size: 8, seed: 4 }).factors(index);
      const small = drawRoom(factors, 16);
      const large = drawRoom(factors, 128);
      let sum = 0;
      for (let i = 0; i < small.length; i++) {
        const [channel, x, y] = [i % 3, Math.floor(i / 3) % 16, Math.floor(i / 48)];
        let total = 0;
        for (let k = 0; k < 64; k++) {
          total += large[((y * 8 + Math.floor(k / 8)) * 128 + x * 8 + (k % 8)) * 3 + channel]!;
        }
        const difference = Math.abs(small[i]! - total / 64);
        expect(difference).toBeLessThan(24);
        sum += difference;
      }
      expect(sum / small.length).toBeLessThan(1.5);
    }
  });

  it('fits the shorter side of any shape', () => {
    const wide = drawRoom({ ...plain, orientation: 10 }, [32, 48]);
    const square = drawRoom({ ...plain, orientation: 10 }, 32);
    for (let row = 0; row < 32; row++) {
      // The outermost columns have neighbors in one of them only.
      const part = wide.subarray((row * 48 + 9) * 3, (row * 48 + 39) * 3);
      expect(most(part, square.subarray((row * 32 + 1) * 3, (row * 32 + 31) * 3))).toBeLessThanOrEqual(1);
    }
    for (const size of [
      [8, 2000],
      [2000, 8],
    ] as const) {
      const bytes = drawRoom({ ...plain, wallHue: 0, floorHue: 0, objectHue: 0 }, size);
      // Nowhere is a hole: all is red.
      expect(Array.from({ length: bytes.length / 3 }, (_, i) => bytes[i * 3]! > 60)).not.toContain(false);
    }
  });
});
