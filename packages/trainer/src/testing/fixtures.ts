import { readFileSync } from 'node:fs';
import { decodeSafetensors, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Reference outputs of the official implementation, as `tests/fixtures/README.md` describes them. */
export const goldenCases = ['rgb32', 'gray64', 'gramschmidt32'] as const;

export interface Golden {
  readonly losses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly gradient_penalties: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const folder = new URL('../../../../tests/fixtures/', import.meta.url);

export function goldenValues(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

export function goldenTensors(name: string): Record<string, TensorRecord> {
  return decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, folder))).tensors;
}

export function toTensor(record: TensorRecord | undefined): tf.Tensor {
  if (record === undefined) throw new Error('the fixture lacks a tensor');
  return tf.tensor(Float32Array.from(record.data), [...record.shape]);
}

export async function scalarValue(scalar: tf.Tensor): Promise<number> {
  return (await scalar.data())[0] ?? Number.NaN;
}
