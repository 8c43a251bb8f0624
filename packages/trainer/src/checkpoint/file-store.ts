import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { argumentError, assertInteger } from '@eigengan/core';
import { removeLeftovers, writeFileAtomic } from '@eigengan/core/node';
import { isMissingFile } from '../missing-file';
import type { CheckpointStore, StoredCheckpoint } from './checkpoint-store';

const fileName = /^checkpoint-(\d{8,})\.safetensors$/;

/**
 * Checkpoints as files `checkpoint-00001200.safetensors` of a folder, which is made by the first save; other
 * files in it are left alone. What a process that was killed left half written is removed before the next
 * save.
 *
 * @throws ArgumentError when the folder is not a path, or `load` is asked for a step that is not there
 */
export function fileStore(folder: string): CheckpointStore {
  if (typeof folder !== 'string' || folder === '') {
    throw argumentError('fileStore: folder', 'must be a path', folder);
  }
  const pathOf = (step: number) => join(folder, `checkpoint-${String(step).padStart(8, '0')}.safetensors`);
  const steps = async () => {
    const names = await namesIn(folder);
    return names.flatMap((name) => fileName.exec(name)?.[1] ?? []).map(Number);
  };
  return {
    async save(step, bytes) {
      assertInteger('fileStore: step', step, { min: 0 });
      await removeLeftovers(folder);
      await writeFileAtomic(pathOf(step), bytes);
    },
    async load(step) {
      try {
        return await readFile(pathOf(step));
      } catch (cause) {
        if (!isMissingFile(cause)) throw cause;
        const there = (await steps()).sort((a, b) => a - b).join(', ') || 'none';
        throw argumentError('fileStore: step', `must be one that is in ${folder} (${there})`, step);
      }
    },
    async list() {
      const stored: StoredCheckpoint[] = [];
      for (const step of await steps()) stored.push({ step, size: (await stat(pathOf(step))).size });
      return stored.sort((a, b) => a.step - b.step);
    },
    async remove(step) {
      await rm(pathOf(step), { force: true });
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}
