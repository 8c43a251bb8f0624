import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerWasmKernels } from '../src/index';
import type { WasmBackend } from '../src/wasm/kernel';
import { enableSimd } from '../src/wasm/simd-module';

/** A 3x3 or 7x7 layer of a GAN at 32 px and batch 32: input size, channels in and out, filter, stride. */
const layers = [
  [32, 3, 16, 7, 1],
  [32, 16, 16, 3, 1],
  [16, 32, 32, 3, 1],
  [8, 64, 64, 3, 1],
  [4, 128, 128, 3, 1],
  [32, 16, 32, 3, 2],
  [8, 64, 128, 3, 2],
  [32, 16, 3, 7, 1],
] as const;
const batch = 32;
const rounds = 7;

registerWasmKernels();
await tf.setBackend('wasm');
const { dataIdMap } = tf.findBackend('wasm') as unknown as WasmBackend;

/** Billions of floating-point operations a second, the best of some rounds. */
async function measure(operation: () => tf.Tensor, operations: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds + 2; round++) {
    const start = performance.now();
    const results = Array.from({ length: 4 }, operation);
    // Gradients are not computed before someone asks where they are.
    for (const { dataId } of results) dataIdMap.get(dataId).memoryOffset;
    const milliseconds = (performance.now() - start) / results.length;
    tf.dispose(results);
    if (round >= 2) best = Math.min(best, milliseconds);
    // Lets V8 swap in optimised code.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return operations / best / 1e6;
}

console.log(
  `GFLOPS on one thread of wasm, ours / tfjs's own kernels (composed for the gradients), batch ${batch}`,
);
console.log(
  ['layer'.padEnd(28), ...['forward', 'input gradient', 'filter gradient'].map((c) => c.padStart(18))].join(
    '',
  ),
);
for (const [size, input, output, window, stride] of layers) {
  const x = tf.randomNormal<tf.Rank.R4>([batch, size, size, input]);
  const filter = tf.randomNormal<tf.Rank.R4>([window, window, input, output]);
  const dy = tf.randomNormal<tf.Rank.R4>([batch, size / stride, size / stride, output]);
  const attributes = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC' };
  const run = (name: string, inputs: tf.NamedTensorMap, more: object) => () =>
    tf.engine().runKernel(name, inputs, { ...attributes, ...more }) as tf.Tensor;
  const operations = [
    run(tf.Conv2D, { x, filter }, { dilations: [1, 1] }),
    run(tf.Conv2DBackpropInput, { dy, filter }, { inputShape: x.shape }),
    run(tf.Conv2DBackpropFilter, { x, dy }, { filterShape: filter.shape }),
  ];
  const count = 2 * dy.size * window * window * input;
  const cells: string[] = [];
  for (const operation of operations) {
    enableSimd(true);
    const ours = await measure(operation, count);
    enableSimd(false);
    const stock = await measure(operation, count);
    cells.push(`${ours.toFixed(1)} / ${stock.toFixed(1)}`.padStart(18));
  }
  const name = `${window}x${window} ${input} -> ${output}, ${size} px${stride === 1 ? '' : `, stride ${stride}`}`;
  console.log([name.padEnd(28), ...cells].join(''));
  tf.dispose([x, filter, dy]);
}
