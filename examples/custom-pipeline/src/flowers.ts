import { type ImageSource, seededStream } from '@eigengan/core';

/** What makes one flower; every number in [0, 1]. */
interface Flower {
  readonly petals: number;
  readonly size: number;
  readonly depth: number;
  readonly turn: number;
  readonly hue: number;
  readonly sky: number;
}

/**
 * A source of one's own: it says how many images there are, of what shape, and gives the bytes of any of them.
 * These are drawn; yours may come from a file, a database, a camera.
 */
export function flowers({ size = 32, count = 5000, seed = 1 } = {}): ImageSource {
  return {
    length: count,
    shape: [size, size, 3],
    read(index) {
      // A stream of its own for each image, so that any of them can be read at any time.
      const stream = seededStream(seed, `flower/${index}`);
      const draw = () => stream.uniform();
      const [petals, width, depth, turn, hue, sky] = [draw(), draw(), draw(), draw(), draw(), draw()];
      return paint({ petals, size: width, depth, turn, hue, sky }, size);
    },
  };
}

function paint(flower: Flower, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  const petals = 3 + Math.floor(5 * flower.petals);
  const radius = 0.55 + 0.35 * flower.size;
  const depth = 0.25 + 0.5 * flower.depth;
  const sky = color(0.55 + 0.1 * flower.sky, 0.35, 0.35 + 0.6 * flower.sky);
  const petal = color(0.8 + 0.35 * flower.hue, 0.75, 0.95);
  const heart = color(0.13, 0.8, 0.95);
  const edge = size / 3;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(2 * x + 1) / size - 1, (2 * y + 1) / size - 1];
      const distance = Math.hypot(u, v);
      const angle = Math.atan2(v, u) + 2 * Math.PI * flower.turn;
      const rim = radius * (1 - depth * (0.5 - 0.5 * Math.cos(petals * angle)));
      // How much of the pixel is covered: a soft edge of one pixel.
      const inPetal = clamp((rim - distance) * edge + 0.5);
      const inHeart = clamp((0.28 * radius - distance) * edge + 0.5);
      const shade = 0.7 + 0.3 * clamp(distance / radius);
      for (let c = 0; c < 3; c++) {
        const ground = mix(at(sky, c), shade * at(petal, c), inPetal);
        pixels[(y * size + x) * 3 + c] = Math.round(255 * mix(ground, at(heart, c), inHeart));
      }
    }
  }
  return pixels;
}

/** Red, green and blue in [0, 1] of a hue (in turns), saturation and value. */
function color(hue: number, saturation: number, value: number): number[] {
  return [5, 3, 1].map((offset) => {
    const k = (offset + 6 * hue) % 6;
    return value * (1 - saturation * clamp(Math.min(k, 4 - k)));
  });
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
