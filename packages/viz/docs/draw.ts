/**
 * Draws the pictures of the README: `npx tsx packages/viz/docs/draw.ts` at the root of the repository.
 * A lit ball stands in for a generator, so that it is known what each row must show.
 */
import { writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  barChart,
  basisImages,
  encodePng,
  gramMatrices,
  heatMap,
  interpolationStrip,
  layerOverview,
  type Picture,
  sideBySide,
  spectrum,
  trainingCurves,
  traversalSheet,
} from '@eigengan/viz';

const size = 32;
const values = [-3, -2, -1, 0, 1, 2, 3];

/** A ball as [size, size, 3] values in [-1, 1]; each coordinate moves one thing. */
function ball([across = 0, radius = 0, light = 0, hue = 0]: number[]): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const r = 0.6 + 0.07 * radius;
      const u = ((2 * x + 1) / size - 1 - 0.11 * across) / r;
      const v = ((2 * y + 1) / size - 1) / r;
      const depth = Math.sqrt(Math.max(0, 1 - u * u - v * v));
      const shade = Math.max(0, u * Math.sin(light * 0.4) - v * 0.5 + depth * Math.cos(light * 0.4)) / 1.12;
      const edge = Math.min(1, Math.max(0, (1 - Math.hypot(u, v)) * r * size * 0.5));
      for (let channel = 0; channel < 3; channel++) {
        const color = 0.6 + 0.35 * Math.cos(hue * 0.7 + 0.4 - (channel * 2 * Math.PI) / 3);
        const inside = color * (0.15 + 0.85 * shade) * 2 - 1;
        const ground = 0.55 - 0.25 * ((y + 0.5) / size);
        pixels.push(ground + (inside - ground) * edge);
      }
    }
  }
  return pixels;
}

const dimensions = [
  { layer: 0, rank: 1, importance: 6.02, name: 'across' },
  { layer: 0, rank: 2, importance: -3.4, name: 'radius' },
  { layer: 1, rank: 1, importance: 4.71, name: 'light' },
  { layer: 1, rank: 2, importance: 2.13, name: 'hue' },
];

async function sheet(theme: 'light' | 'dark'): Promise<Picture> {
  const rows = dimensions.map((label, dimension) => {
    const images = values.flatMap((value) => ball([0, 1, 2, 3].map((i) => (i === dimension ? value : 0))));
    return { label, images: tf.tensor4d(images, [values.length, size, size, 3]) };
  });
  const title = 'What each dimension does';
  return traversalSheet(rows, { values, title, subtitle: '32 px · everything else at its mode', theme });
}

function charts(): Picture {
  const cosines = [
    [0.998, 0.02, 0.013, 0.004],
    [0.021, 0.996, 0.05, 0.011],
    [0.012, 0.051, 0.93, 0.342],
    [0.006, 0.002, 0.34, 0.941],
  ];
  const learned = { name: '|importance|', values: [4.02, 2.97, 2.11, 0.98] };
  const principal = { name: 'standard deviation', values: [4, 3, 2, 1] };
  const labels = ['1', '2', '3', '4'];
  return sideBySide([
    heatMap(cosines, {
      title: '|cos|',
      rowLabels: ['u1', 'u2', 'u3', 'u4'],
      columnLabels: ['p1', 'p2', 'p3', 'p4'],
      range: [0, 1],
    }),
    barChart([learned, principal], { title: 'Importance', labels, decimals: 2 }),
  ]);
}

/** Losses like those of a run: noise around a curve that settles. */
function curves(): Picture {
  let state = 1;
  // A linear congruential generator: the same picture each time.
  const noise = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const records = Array.from({ length: 1500 }, (_, step) => ({
    step,
    d_loss: 1.1 + 0.7 * Math.exp(-step / 150) + 0.5 * noise(),
    g_loss: 1.3 - 0.9 * Math.exp(-step / 200) + 0.8 * noise(),
    ...(step % 4 === 0 ? { penalty: 0.08 * (1 + 6 * Math.exp(-step / 90)) * (1 + 0.8 * noise()) } : {}),
  }));
  return trainingCurves(records, {
    title: 'Training',
    subtitle: 'faint: the steps; strong: their moving average',
  });
}

/** Waves as a basis: orthonormal rows [rank, size * size]. */
function waves(rank: number, edge: number): number[][] {
  return Array.from({ length: rank }, (_, i) => {
    const [u, v] = [1 + (i % 3), 1 + Math.floor(i / 3)];
    return Array.from({ length: edge * edge }, (__, at) => {
      const [y, x] = [Math.floor(at / edge), at % edge];
      const wave = (n: number, place: number) => Math.cos((Math.PI * n * (place + 0.5)) / edge);
      return (2 / edge) * wave(u, x) * wave(v, y);
    });
  });
}

async function subspaces(): Promise<Picture> {
  const rows = waves(6, 16);
  const basis = tf.tensor2d(rows);
  const images = tf.tensor4d(rows.flat(), [6, 16, 16, 1]);
  const importance = [6.02, -4.7, 3.4, 2.1, 1.3, 0.6];
  const layers = [
    { title: 'Layer 0', values: importance },
    { title: 'Layer 1', values: [2.9, 2.2, -1.4, 0.4] },
  ];
  return sideBySide([
    spectrum(layers, { title: 'Importance' }),
    await gramMatrices([{ title: 'Layer 0', basis }], { title: 'Gram matrix' }),
    await basisImages([{ title: 'Layer 0', basis: images, importance }], { title: 'Eigen-images' }),
  ]);
}

const balls = (latents: number[][]) => tf.tensor4d(latents.flatMap(ball), [latents.length, size, size, 3]);

async function overview(): Promise<Picture> {
  const layers = [0, 1].map((layer) => ({
    title: `Layer ${layer}`,
    dimensions: dimensions.flatMap(({ name, layer: own }, dimension) => {
      const at = (value: number) => [0, 1, 2, 3].map((i) => (i === dimension ? value : 0));
      return own === layer ? [{ label: name, images: balls([at(-3), at(0), at(3)]) }] : [];
    }),
  }));
  const ends = [
    [-3, -2, 3, -2],
    [3, 2, -2, 2],
  ];
  const between = (part: number) =>
    [0, 1, 2, 3].map((i) => (ends[0]?.[i] ?? 0) * (1 - part) + (ends[1]?.[i] ?? 0) * part);
  const strip = balls(Array.from({ length: 9 }, (_, i) => between(i / 8)));
  return sideBySide([
    await layerOverview(layers, { title: 'Low, mode, high' }),
    await interpolationStrip([strip], { title: 'From one to another' }),
  ]);
}

const save = async (name: string, picture: Picture) =>
  writeFile(new URL(name, import.meta.url), await encodePng(picture));

await save('sheet-light.png', await sheet('light'));
await save('sheet-dark.png', await sheet('dark'));
await save('charts.png', charts());
await save('curves.png', curves());
await save('subspaces.png', await subspaces());
await save('overview.png', await overview());
