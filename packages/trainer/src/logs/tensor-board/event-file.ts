import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { argumentError } from '@eigengan/core';
import type { TrainerCallback } from '../../callbacks';
import { type TensorBoardContent, tensorBoard as writeEvents } from './tensor-board';

export interface TensorBoardFolderOptions extends TensorBoardContent {
  /** The folder of this run; made if there is none. `tensorboard --logdir` takes it, or one around several. */
  readonly folder: string;
}

/**
 * `tensorBoard` of the package's root into a new event file in a folder. A resumed run adds a file; TensorBoard
 * then shows the run as if it had never stopped.
 *
 * @throws ArgumentError as that one does, and when `folder` is not a string
 */
export function tensorBoard({ folder, ...content }: TensorBoardFolderOptions): TrainerCallback {
  if (typeof folder !== 'string') throw argumentError('tensorBoard: folder', 'must be a path', folder);
  let path: string | undefined;
  return writeEvents({
    ...content,
    write: async (bytes) => {
      path ??= await newEventFile(folder);
      appendFileSync(path, bytes);
    },
  });
}

/** TensorBoard reads files in the order of their names: a new one's seconds are above all others'. */
async function newEventFile(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const taken = (await readdir(folder)).map((name) => Number(/tfevents\.(\d{10})\./.exec(name)?.[1] ?? 0));
  const seconds = Math.max(Math.floor(Date.now() / 1000), ...taken.map((last) => last + 1));
  return join(
    folder,
    `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${randomUUID().slice(0, 8)}`,
  );
}
