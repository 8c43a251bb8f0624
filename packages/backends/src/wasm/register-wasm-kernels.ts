import { canDefer } from '../deferred/deferred-result';
import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { adam } from './adam';
import { add } from './add';
import { batchMatMul } from './batch-mat-mul';
import { cast } from './cast';
import { conv2D, fusedConv2D } from './conv2d';
import { conv2DBackpropFilter } from './conv2d-backprop-filter';
import { conv2DBackpropInput } from './conv2d-backprop-input';
import { depthwiseConv2dNative, fusedDepthwiseConv2D } from './depthwise-conv2d';
import {
  depthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropInput,
} from './depthwise-gradients';
import { fusedMatMul } from './fused-mat-mul';
import { identity } from './identity';
import { leakyRelu } from './leaky-relu';
import { leakyReluGrad } from './leaky-relu-grad';
import { maxPoolGrad } from './max-pool-grad';
import { movingAverage } from './moving-average';
import { prelu } from './prelu';
import { resizeBilinearGrad } from './resize-bilinear-grad';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad';
import { slice } from './slice';
import { split } from './split';
import { sum } from './sum';
import { tanh } from './tanh';
import { unsortedSegmentSum } from './unsorted-segment-sum';

/**
 * Registers this package's kernels for tfjs's backend `wasm`, whose package must be imported first.
 * Idempotent, and possible before or after the backend has started. `useBackend` does it.
 */
export function registerWasmKernels(): readonly RegisteredKernel[] {
  // Now, not within something that puts the engine back as it was.
  canDefer();
  return registerKernels('wasm', [
    conv2D,
    fusedConv2D,
    conv2DBackpropFilter,
    conv2DBackpropInput,
    depthwiseConv2dNative,
    fusedDepthwiseConv2D,
    depthwiseConv2dNativeBackpropFilter,
    depthwiseConv2dNativeBackpropInput,
    batchMatMul,
    fusedMatMul,
    leakyRelu,
    leakyReluGrad,
    prelu,
    tanh,
    add,
    sum,
    slice,
    split,
    identity,
    cast,
    maxPoolGrad,
    resizeBilinearGrad,
    resizeNearestNeighborGrad,
    unsortedSegmentSum,
    adam,
    movingAverage,
  ]);
}
