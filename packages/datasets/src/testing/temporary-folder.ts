import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface TemporaryFolder {
  readonly path: string;
  /** The path of a file in it. */
  at(name: string): string;
  /** Writes a file, and the folders around it. */
  put(name: string, content: Uint8Array | string): Promise<void>;
}

/** An empty folder for each test of the file that calls this. */
export function temporaryFolder(): TemporaryFolder {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'eigengan-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));
  const at = (name: string) => join(path, name);
  return {
    get path() {
      return path;
    },
    at,
    put: async (name, content) => {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), content);
    },
  };
}
