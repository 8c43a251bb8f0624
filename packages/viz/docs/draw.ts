/**
 * Draws the pictures of the README: `npx tsx packages/viz/docs/draw.ts` at the root of the repository.
 * A lit ball stands in for a generator, so that it is known what each row must show.
 */
import { writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { barChart, encodePng, heatMap, type Picture, sideBySide, traversalSheet } from '@eigengan/viz';

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

const save = async (name: string, picture: Picture) =>
  writeFile(new URL(name, import.meta.url), await encodePng(picture));

await save('sheet-light.png', await sheet('light'));
await save('sheet-dark.png', await sheet('dark'));
await save('charts.png', charts());
