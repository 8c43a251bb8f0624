import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EigenganError, FormatError } from '@eigengan/core';
import { removeLeftovers, writeFileAtomic } from '@eigengan/core/node';
import { processesOf } from '../collective/processes';
import type { Trainer } from '../trainer';
import type { CheckpointExtra, TrainerCheckpoint } from './checkpoint-format';
import type { WarmStart, WarmStartOptions } from './warm-start';

/**
 * Writes a trainer's checkpoint so that a crash at any moment leaves the old file or the new one whole. Of
 * processes that train together rank 0 writes.
 *
 * @throws TrainingError when the state is not finite: the file stays as it was
 */
export async function saveCheckpoint(trainer: Trainer, path: string, extra?: CheckpointExtra): Promise<void> {
  if (processesOf(trainer.collective)?.isFirst === false) return;
  await saveTo(path)(await trainer.checkpoint(extra));
}

/**
 * Restores a trainer from a file, which of processes that train together rank 0 reads, for all of them.
 *
 * @returns what else the checkpoint holds, e.g. `loader`
 * @throws FormatError as `trainer.restore` does, naming the file; nothing is changed then
 */
export async function loadCheckpoint(trainer: Trainer, path: string): Promise<TrainerCheckpoint> {
  const read = () => readFile(path);
  const bytes = await (processesOf(trainer.collective)?.share(read) ?? read());
  return naming(path, trainer.restore(bytes));
}

/**
 * Begins a new run with the weights of a file, as `trainer.warmStart` does.
 *
 * @throws as that does, naming the file; nothing is changed then
 */
export async function warmStartFrom(
  trainer: Trainer,
  path: string,
  options?: WarmStartOptions,
): Promise<WarmStart> {
  return naming(path, trainer.warmStart(await readFile(path), options));
}

/** For `fit`: `checkpoint: { every: 100, save: saveTo(path) }`. */
export function saveTo(path: string): (bytes: Uint8Array) => Promise<void> {
  return async (bytes) => {
    await removeLeftovers(dirname(path));
    await writeFileAtomic(path, bytes);
  };
}

/** The outcome of what reads a file; its FormatError names the file. */
async function naming<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!EigenganError.is(cause) || cause.name !== 'FormatError') throw cause;
    throw new FormatError(`${path}: ${cause.message}`, { cause });
  }
}
