import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerWasmKernels } from '../src/index';
import type { WasmBackend } from '../src/wasm/kernel';
import { enableWinograd } from '../src/wasm/simd-winograd';

/** 3x3 layers: batch, input size, channels in and out, stride. */
const layers = [
  [32, 32, 16, 16, 1],
  [32, 16, 32, 32, 1],
  [32, 8, 64, 64, 1],
  [32, 4, 128, 128, 1],
  [32, 32, 16, 32, 2],
  [32, 16, 32, 64, 2],
  [32, 8, 64, 128, 2],
  [16, 64, 16, 16, 1],
  [16, 64, 16, 32, 2],
  [8, 64, 32, 32, 1],
  [8, 32, 64, 64, 1],
  [8, 16, 128, 128, 1],
  [8, 8, 256, 256, 1],
  [8, 4, 512, 512, 1],
  [8, 64, 32, 64, 2],
  [8, 32, 64, 128, 2],
  [8, 16, 128, 256, 2],
  [8, 8, 256, 512, 2],
  [32, 32, 4, 16, 1],
  [32, 32, 8, 8, 1],
  [32, 32, 8, 8, 2],
  [32, 7, 24, 40, 1],
  [1, 16, 32, 32, 1],
  [1, 4, 128, 128, 1],
  [1, 16, 32, 64, 2],
] as const;
const rounds = 15;

registerWasmKernels();
await tf.setBackend('wasm');
const { dataIdMap } = tf.findBackend('wasm') as unknown as WasmBackend;

/** Milliseconds of an operation, direct and by Winograd, each the best of some rounds in turn. */
async function measure(operation: () => tf.Tensor): Promise<readonly [number, number]> {
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    for (const index of [0, 1] as const) {
      enableWinograd(index === 1);
      const start = performance.now();
      const results = Array.from({ length: 2 }, operation);
      // Gradients are not computed before someone asks where they are.
      for (const { dataId } of results) dataIdMap.get(dataId).memoryOffset;
      best[index] = Math.min(best[index], (performance.now() - start) / results.length);
      tf.dispose(results);
    }
    // Lets V8 swap in optimised code.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return best;
}

console.log('Milliseconds on one thread of wasm, direct / Winograd');
const title = ['forward', 'input gradient', 'filter gradient'].map((name) => name.padStart(24));
console.log(['batch, 3x3 layer'.padEnd(32), ...title].join(''));
for (const [batch, size, input, output, stride] of layers) {
  const x = tf.randomNormal<tf.Rank.R4>([batch, size, size, input]);
  const filter = tf.randomNormal<tf.Rank.R4>([3, 3, input, output]);
  const dy = tf.randomNormal<tf.Rank.R4>([batch, size / stride, size / stride, output]);
  const attributes = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC' };
  const run = (name: string, inputs: tf.NamedTensorMap, more: object) => () =>
    tf.engine().runKernel(name, inputs, { ...attributes, ...more }) as tf.Tensor;
  const operations = [
    run(tf.Conv2D, { x, filter }, { dilations: [1, 1] }),
    run(tf.Conv2DBackpropInput, { dy, filter }, { inputShape: x.shape }),
    run(tf.Conv2DBackpropFilter, { x, dy }, { filterShape: filter.shape }),
  ];
  const cells: string[] = [];
  for (const operation of operations) {
    const [direct, winograd] = await measure(operation);
    const ratio = (direct / winograd).toFixed(2);
    cells.push(`${direct.toFixed(2)} / ${winograd.toFixed(2)} (${ratio})`.padStart(24));
  }
  console.log(
    [`${batch}, ${input} -> ${output}, ${size} px, stride ${stride}`.padEnd(32), ...cells].join(''),
  );
  tf.dispose([x, filter, dy]);
}
