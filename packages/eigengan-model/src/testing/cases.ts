import { readdirSync, readFileSync } from 'node:fs';
import { decodeSafetensors, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

const fixtures = new URL('../../../../tests/fixtures/', import.meta.url);

/** What a reference case says of itself. */
export interface ReferenceCase {
  case: string;
  size: number;
  z_dims: number[];
  eps_dim: number;
  dim_10: number;
  channels: number;
  fc_dim: number;
  batch: number;
  gram_schmidt_in_forward: boolean;
  parameters: { generator: number; discriminator: number };
}

/** The names of the reference cases, for the tests of this package. */
export const caseNames: readonly string[] = readdirSync(fixtures)
  .filter((file) => file.endsWith('.safetensors'))
  .map((file) => file.replace('.safetensors', ''));

export function readCase(name: string) {
  const description: ReferenceCase = JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8'));
  const { tensors } = decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, fixtures)));
  return {
    description,
    tensors,
    /** Tensors whose key begins with `prefix`, without it. */
    under: (prefix: string): Record<string, TensorRecord> =>
      Object.fromEntries(
        Object.entries(tensors)
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, value]) => [key.slice(prefix.length), value]),
      ),
    tensor: (key: string): tf.Tensor => {
      const record = tensors[key];
      if (record === undefined) throw new Error(`${name} has no ${key}`);
      return tf.tensor(Float32Array.from(record.data), [...record.shape], 'float32');
    },
  };
}

export interface InventoryEntry {
  shape: number[];
  initial?: string | number | number[];
  initial_std?: number;
  initial_max_abs?: number;
}

/** What the official code makes of one set of options. */
export interface Inventory {
  size: number;
  z_dims: number[];
  eps_dim: number;
  dim_10: number;
  channels: number;
  fc_dim: number;
  parameters: { generator: number; discriminator: number };
  variables: Record<string, InventoryEntry>;
}

export function readInventory(): Record<string, Inventory> {
  return JSON.parse(readFileSync(new URL('inventory.json', fixtures), 'utf8'));
}

/** ||a - b|| / ||b|| */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
    norm += (b[i] ?? 0) ** 2;
  }
  return Math.sqrt(difference / norm);
}
