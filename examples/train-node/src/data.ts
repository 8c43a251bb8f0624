import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ImageSource } from '@eigengan/core';
import { type ImageSet, portraits, rooms, sprites } from '@eigengan/datasets';
import { idxFile, imageFolder } from '@eigengan/datasets/node';
import { decodeAll } from './decode';

/** The images to learn from, and what to call the run: what is drawn, or the folder's or file's own name. */
export interface Data {
  readonly source: ImageSource;
  readonly name: string;
  /** What a person should know about the data before training, a line each. */
  readonly notes: readonly string[];
}

/** What can be drawn instead of read. */
const drawn = { portraits, sprites, rooms };

type Drawn = keyof typeof drawn;

function isDrawn(data: string): data is Drawn {
  return Object.hasOwn(drawn, data);
}

/**
 * What `--data` means wherever the run is gone on with: what is drawn by its name, `null` for the portraits that
 * are the default, anything else as an absolute path. A folder that is called `rooms` is given as `./rooms`.
 */
export function settledData(data: string | undefined): string | null {
  if (data === undefined || data === 'portraits') return null;
  return isDrawn(data) ? data : resolve(data);
}

/** Drawn pictures, a folder of images, or an IDX file (gzipped or not), whichever `data` is. */
export async function openData(data: string | null, size: number): Promise<Data> {
  const path = data ?? 'portraits';
  if (isDrawn(path)) {
    const source = drawn[path]({ size });
    return { source, name: path, notes: [`${source.length} drawn ${path}`] };
  }
  const name = basename(resolve(path)).replace(/\..*$/, '');
  const source = await openImages(path, size);
  const damaged = await decodeAll(source);
  const notes = [
    `${source.length - damaged.length} images in ${path}`,
    ...damaged.map((picture) => `skipped ${picture.name}: ${picture.reason}`),
  ];
  if (source.cache.problem !== undefined) notes.push(`decoded images are not kept: ${source.cache.problem}`);
  return { source, name, notes };
}

/** A folder of images, or an IDX file, whichever `path` is. */
export async function openImages(path: string, size: number): Promise<ImageSet> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new Error(
      `--data: must be portraits, sprites or rooms, a folder of images or an IDX file, but there is no ${path}`,
    );
  if (found.isDirectory()) return imageFolder(path, { size });
  await assertIdx(path);
  return idxFile(path, { size });
}

/** Refuses a single picture, which people give by mistake, in better words than the IDX reader could. */
async function assertIdx(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const gzipped = buffer[0] === 0x1f && buffer[1] === 0x8b;
    const plain = buffer[0] === 0 && buffer[1] === 0;
    if (!gzipped && !plain)
      throw new Error(`--data: must be a folder of images or an IDX file, got the file ${path}`);
  } finally {
    await file.close();
  }
}
