import { decodeSafetensors, type TensorRecord } from '@eigengan/core';

/** In a variable: Vite would take `new URL(..., import.meta.url)` for an asset to be built. */
const here = import.meta.url;

/** The small models that the official code built: pairs of files in `tests/fixtures/`. */
export type OfficialName = 'gramschmidt32' | 'gray64' | 'rgb32';

export const officialNames: readonly OfficialName[] = ['gramschmidt32', 'gray64', 'rgb32'];

/** The losses that the official code computed before each of its training steps. */
export interface OfficialStep {
  readonly d_real: number;
  readonly d_fake: number;
  readonly penalty: number;
  readonly penalty_applied: boolean;
  readonly g: number;
  readonly orthogonality: number;
}

/** The `.json` of a pair of fixtures. */
export interface OfficialNumbers {
  readonly orthogonality_loss: number;
  readonly losses: Readonly<
    Record<string, { d_real: number; d_fake: number; g: number; g_theoretical?: number }>
  >;
  readonly gradient_penalties: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly size: number;
  readonly z_dims: readonly number[];
  readonly eps_dim: number;
  readonly dim_10: number;
  readonly channels: number;
  readonly fc_dim: number;
  readonly batch: number;
  readonly gram_schmidt_in_forward: boolean;
  readonly training: {
    readonly loss: string;
    readonly penalty: string;
    readonly penalty_sample: 'real' | 'fake' | 'line' | 'real+fake';
    readonly penalty_weight: number;
    readonly penalty_interval: number;
    readonly orthogonality_weight: number;
    readonly adam: { learning_rate: number; beta1: number; beta2: number; epsilon: number };
    readonly ema_decay: number;
    readonly steps: readonly OfficialStep[];
  };
  readonly parameters: { readonly generator: number; readonly discriminator: number };
}

/** A small model that the official code built, ran and trained: its numbers and its tensors. */
export interface OfficialCase {
  readonly name: string;
  readonly numbers: OfficialNumbers;
  /** One tensor. @throws Error when there is none of that name */
  tensor(name: string): TensorRecord;
  /** All tensors below a prefix, by the rest of their names. */
  tensors(prefix: string): Record<string, TensorRecord>;
}

/** A pair of files in `tests/fixtures/`, read in Node or fetched in a page. */
export async function officialCase(name: OfficialName): Promise<OfficialCase> {
  const numbers: OfficialNumbers = JSON.parse(new TextDecoder().decode(await readBytes(`${name}.json`)));
  const { tensors } = decodeSafetensors(await readBytes(`${name}.safetensors`));
  return {
    name,
    numbers,
    tensor(tensorName) {
      const found = tensors[tensorName];
      if (found === undefined) throw new Error(`${name}.safetensors has no tensor ${tensorName}`);
      return found;
    },
    tensors: (prefix) =>
      Object.fromEntries(
        Object.entries(tensors)
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, value]) => [key.slice(prefix.length), value]),
      ),
  };
}

async function readBytes(file: string): Promise<Uint8Array> {
  const url = new URL(`../fixtures/${file}`, here);
  if (url.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises');
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
