import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@eigengan/core/node';
import type { Trainer } from '../trainer';
import type { CheckpointExtra, TrainerCheckpoint } from './checkpoint-format';

/**
 * Writes a trainer's checkpoint so that a crash at any moment leaves the old file or the new one whole.
 *
 * @throws TrainingError when the state is not finite: the file stays as it was
 */
export async function saveCheckpoint(trainer: Trainer, path: string, extra?: CheckpointExtra): Promise<void> {
  await writeFileAtomic(path, await trainer.checkpoint(extra));
}

/**
 * Restores a trainer from a file.
 *
 * @returns what else the checkpoint holds, e.g. `loader`
 * @throws FormatError as `trainer.restore` does; nothing is changed then
 */
export async function loadCheckpoint(trainer: Trainer, path: string): Promise<TrainerCheckpoint> {
  return trainer.restore(await readFile(path));
}

/** For `fit`: `checkpoint: { every: 100, save: saveTo(path) }`. */
export function saveTo(path: string): (bytes: Uint8Array) => Promise<void> {
  return (bytes) => writeFileAtomic(path, bytes);
}
