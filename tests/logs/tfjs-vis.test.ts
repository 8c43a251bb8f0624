import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Logs } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../backends/environment';
import { denseGan } from './dense-gan';

/** What is used of tfjs-vis, as it declares it. */
interface TfjsVis {
  readonly show: {
    fitCallbacks(
      container: HTMLElement,
      metrics: string[],
      options?: { callbacks?: string[] },
    ): { [key: string]: (iteration: number, log: Logs) => Promise<void> };
    history(
      container: HTMLElement,
      history: { history: { [key: string]: number[] } },
      metrics: string[],
    ): Promise<void>;
  };
}

const tfvis = await load(new URL('.tfjs-vis/tfjs-vis.umd.min.js', import.meta.url).href);
if (tfvis === undefined && environment('REQUIRE_LOG_READERS') !== '') {
  throw new Error('REQUIRE_LOG_READERS: tfjs-vis must be here: run tests/logs/install.sh');
}

/** Its script puts it there. */
function load(src: string): Promise<TfjsVis | undefined> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.onload = () => resolve(Reflect.get(window, 'tfvis'));
    script.onerror = () => resolve(undefined);
    script.src = src;
    document.head.append(script);
  });
}

/** How many pixels of a metric's chart are neither black, white nor between: the curve's; 0 without a chart. */
function pixelsOfCurve(container: HTMLElement, metric: string): number {
  const canvas = container.querySelector<HTMLCanvasElement>(`[data-name=${metric}] canvas`);
  const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, , blue = 0] = data.slice(i, i + 3);
    if (Math.abs(red - blue) > 30) coloured++;
  }
  return coloured;
}

const name = tfvis === undefined ? 'tfjs-vis (skipped: run tests/logs/install.sh)' : 'tfjs-vis';
describe.skipIf(tfvis === undefined)(name, () => {
  const { show } = tfvis ?? { show: undefined };
  beforeAll(() => tf.setBackend('cpu'));

  it('draws a curve of each metric while a Trainer fits, by its callbacks as they are', async () => {
    const container = document.createElement('div');
    document.body.append(container);
    const callbacks = show?.fitCallbacks(container, ['d_loss', 'g_loss'], { callbacks: ['onBatchEnd'] });
    const { trainer, batches } = denseGan();
    await trainer.fit(batches, { steps: 10, callbacks });
    const drawn = () => ['d_loss', 'g_loss', 'step'].map((metric) => pixelsOfCurve(container, metric) > 50);
    await expect.poll(drawn).toEqual([true, true, false]);
    expect(container.textContent).toContain('onBatchEnd');
  });

  it('takes its callbacks without options too: what waits for epochs draws nothing', async () => {
    const container = document.createElement('div');
    document.body.append(container);
    const { trainer, batches } = denseGan();
    await trainer.fit(batches, { steps: 5, callbacks: show?.fitCallbacks(container, ['g_loss']) });
    await expect.poll(() => pixelsOfCurve(container, 'g_loss')).toBeGreaterThan(50);
    expect(container.textContent).not.toContain('onEpochEnd');
  });

  it('draws the history that fit returns', async () => {
    const container = document.createElement('div');
    document.body.append(container);
    const { trainer, batches } = denseGan();
    await show?.history(container, await trainer.fit(batches, { steps: 10 }), ['d_loss']);
    expect(pixelsOfCurve(container, 'd_loss')).toBeGreaterThan(50);
  });
});
