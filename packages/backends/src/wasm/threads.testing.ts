import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '../index';

// What threads.test.ts runs in a process of its own: computes on two threads and returns.
const { threads, simd, selfTest } = await useBackend('wasm', { threads: 2 });
const x = tf.ones<tf.Rank.R4>([2, 8, 8, 4]);
const sum = tf.tidy(() => tf.sum(tf.depthwiseConv2d(x, tf.ones([1, 1, 4, 1]), 1, 'same')));
console.log(JSON.stringify({ threads, simd, passed: selfTest?.passed, sum: (await sum.data())[0] }));
