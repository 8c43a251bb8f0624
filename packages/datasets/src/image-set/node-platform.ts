import { availableParallelism } from 'node:os';
import { openCacheFile } from '../cache/cache-file';
import { nodeDecoding } from '../decode/node-decoding';
import { loadSharp } from '../decode/sharp-decoder';
import { type Platform, workersFor } from './platform';

/** Node: sharp in worker threads, and a cache on disk. */
export const nodePlatform: Platform = {
  decoding: nodeDecoding,
  workers: workersFor(availableParallelism()),
  openCache: async (folder, contents) => {
    // Another version may decode to other bytes. Pictures that are not encoded do without.
    const decoder = await loadSharp('cache').then(
      ({ versions }) => `sharp ${versions.sharp}, libvips ${versions.vips}`,
      () => 'no sharp',
    );
    return openCacheFile(folder, { ...contents, fingerprint: `${decoder}\n${contents.fingerprint}` });
  },
};
