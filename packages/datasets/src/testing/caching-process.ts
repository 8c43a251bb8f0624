import { openCacheFile } from '../cache/cache-file';
import { killedCache, killedImage } from './killed-cache';

// Fills a cache, in an order of its own, until it is killed or done; says each image that it has come past.
const [, , folder = '', first = '0'] = process.argv;
const cache = await openCacheFile(folder, killedCache);
for (let i = 0; i < killedCache.length; i++) {
  const index = (i * 7 + Number(first)) % killedCache.length;
  if ((await cache.read(index)) === undefined) await cache.write(index, killedImage(index));
  process.stdout.write(`${i}\n`);
}
await cache.close();
