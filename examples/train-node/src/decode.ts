import type { DamagedPicture, ImageSet } from '@eigengan/datasets';
import { Presets, SingleBar } from 'cli-progress';

/** Below this many seconds nobody wants to see a bar. */
const secondsWithoutBar = 0.5;

/** Decodes all images before training, so that what is damaged is known, with a bar on a terminal. */
export async function decodeAll(
  images: ImageSet,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<readonly DamagedPicture[]> {
  const bar = new SingleBar(
    { stream, format: '{bar} {value}/{total} images decoded · {eta_formatted} left', barsize: 24 },
    Presets.shades_classic,
  );
  const started = performance.now();
  try {
    return await images.decodeAll({
      onProgress(done, total) {
        if (!stream.isTTY || performance.now() - started < 1000 * secondsWithoutBar) return;
        if (!bar.isActive) bar.start(total, done);
        else bar.update(done);
      },
    });
  } finally {
    bar.stop();
  }
}
