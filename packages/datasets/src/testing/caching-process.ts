import { openCacheFile } from '../cache/cache-file';
import { killedCache, killedImage } from './killed-cache';

// Fills a cache, in an order of its own, until it is killed or done.
const [, , folder = '', first = '0'] = process.argv;
const cache = await openCacheFile(folder, killedCache);
process.stdout.write('begun\n');
for (let i = 0; i < killedCache.length; i++) {
  const index = (i * 7 + Number(first)) % killedCache.length;
  if ((await cache.read(index)) === undefined) await cache.write(index, killedImage(index));
}
await cache.close();
process.stdout.write('done\n');
