import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { useBackend } from '@eigengan/backends';
import type { ImageSource } from '@eigengan/core';
import { arraySource, type ImageSet, loader } from '@eigengan/datasets';
import {
  cifarFiles,
  idxFile,
  imageFolder,
  npyFile,
  npzFile,
  parquetFiles,
  tfrecordFiles,
  zipFile,
} from '@eigengan/datasets/node';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer } from '@eigengan/trainer';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import fixtures from './same-pictures.json';

const count = 32;
const side = 32;
const pictureBytes = side * side * 3;

/** The pictures that same-pictures.py wrote into every file, by its formula. */
const pictures = Uint8Array.from({ length: count * pictureBytes }, (_, i) => {
  const [n, rest] = [Math.floor(i / pictureBytes), i % pictureBytes];
  const [y, x, c] = [Math.floor(rest / (side * 3)), Math.floor(rest / 3) % side, rest % 3];
  return (n * 37 + Math.floor(y / 8) * 50 + Math.floor(x / 8) * 17 + c * 90) % 256;
});
const inMemory = arraySource(pictures, [count, side, side, 3]);

let folder = '';
/** What training on the pictures themselves gives. */
let losses: number[] = [];
const at = (name: keyof typeof fixtures) => join(folder, name);

beforeAll(async () => {
  await useBackend('wasm');
  losses = await trained(inMemory);
  folder = await mkdtemp(join(tmpdir(), 'same-pictures-'));
  for (const [name, content] of Object.entries(fixtures)) {
    await writeFile(join(folder, name), gunzipSync(Buffer.from(content, 'base64')));
  }
  for (let i = 0; i < count; i++) {
    const inner = join(folder, 'photos', String(i % 10));
    await mkdir(inner, { recursive: true });
    const raw = { width: side, height: side, channels: 3 } as const;
    // Sorted by path, the folders' pictures come class by class.
    await sharp(inMemory.read(i), { raw })
      .png()
      .toFile(join(inner, `${String(i).padStart(2, '0')}.png`));
  }
});

afterAll(() => rm(folder, { recursive: true }));

/** In one thread and without a file of decoded images: these are small. */
const here = { workers: 0, cache: false, size: side } as const;
const opening: readonly [format: string, open: () => Promise<ImageSet>][] = [
  ['a zip archive of PNG files', () => zipFile(at('pictures.zip'), here)],
  ['a numpy array', () => npyFile(at('pictures.npy'), { ...here, labels: at('labels.npy') })],
  [
    "floats in Fortran's order",
    () => npyFile(at('floats.npy'), { ...here, labels: at('labels.npy'), range: [-1, 1] }),
  ],
  ['planes of 16 bit', () => npyFile(at('planes.npy'), { ...here, labels: at('labels.npy') })],
  ['a numpy archive', () => npzFile(at('pictures.npz'), { ...here, labels: 'y_train' })],
  ['CIFAR-10 batches', () => cifarFiles([at('batch_1.bin'), at('batch_2.bin')], here)],
  ['an IDX file', () => idxFile(at('pictures-idx4-ubyte'), { ...here, labels: at('labels-idx1-ubyte') })],
  ['TFRecord files', () => tfrecordFiles([at('pictures.tfrecords')], { ...here, labels: true })],
  ['a Parquet file', () => parquetFiles([at('pictures.parquet')], here)],
];

/** D's losses in ten steps of tiny networks. */
async function trained(source: ImageSource): Promise<number[]> {
  const generator = createGenerator({ size: side, width: 1 / 32, ranks: 1, noise: 1, seed: 1 });
  const discriminator = createDiscriminator({ size: side, width: 1 / 32, denseWidth: 4, seed: 1 });
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    optimizers: { generator: adam({ learningRate: 1e-3 }), discriminator: adam({ learningRate: 1e-3 }) },
    seed: 1,
  });
  const { history } = await trainer.fit(loader(source, { batch: 2, seed: 1 }), { steps: 10 });
  trainer.dispose();
  for (const model of [generator, discriminator]) model.dispose();
  return history.d_loss ?? [];
}

/** Compared as bytes: much faster than number by number. */
function same(a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): boolean {
  const bytes = (array: Uint8Array | Float32Array) =>
    Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return bytes(a).equals(bytes(b));
}

async function firstBatch(source: ImageSource) {
  for await (const { images, index } of loader(source, { batch: 12, seed: 3, flip: true })) {
    const values = Float32Array.from(await images.data());
    images.dispose();
    return { index, values };
  }
  throw new Error('no batch');
}

it('trains at all', () => {
  expect(losses).toHaveLength(10);
  expect(new Set(losses).size).toBe(10);
  expect(losses.every(Number.isFinite)).toBe(true);
});

it.each(opening)(
  'reads %s as the same pictures and labels, to the last bit of a batch and of ten steps',
  async (_, open) => {
    const set = await open();
    expect(set.length).toBe(count);
    expect(set.shape).toEqual([side, side, 3]);
    expect(set.labels).toEqual(Array.from({ length: count }, (_, i) => i % 10));
    for (let i = 0; i < count; i++) expect(same(await set.read(i), inMemory.read(i)), `${i}`).toBe(true);
    const [batch, expected] = [await firstBatch(set), await firstBatch(inMemory)];
    expect(batch.index).toEqual(expected.index);
    expect(same(batch.values, expected.values)).toBe(true);
    expect(await trained(set)).toEqual(losses);
    expect(set.damaged).toEqual([]);
    await set.close();
  },
);

it('reads a folder of PNG files as the same pictures, class by class', async () => {
  const set = await imageFolder(join(folder, 'photos'), { ...here, labels: 'folders' });
  expect(set.length).toBe(count);
  for (let i = 0; i < count; i++) {
    const number = Number(/(\d+)\.png$/.exec(set.names[i] ?? '')?.[1]);
    expect(set.labels?.[i]).toBe(number % 10);
    expect(same(await set.read(i), inMemory.read(number)), `${i}`).toBe(true);
  }
  expect(await trained(set)).toHaveLength(10);
  await set.close();
});
