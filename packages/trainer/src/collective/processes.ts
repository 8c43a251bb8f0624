import * as tf from '@tensorflow/tfjs-core';
import type { Part } from '../phases/part';
import type { Collective } from './collective';

/** What a trainer and its loop ask of the processes that train together, several of them. */
export class Processes {
  /** Whether this is the one that writes files. */
  readonly isFirst: boolean;

  constructor(private readonly collective: Collective) {
    this.isFirst = collective.rank === 0;
  }

  /**
   * Which images of the step's batch the `length` of this process are, in the order of the ranks, and whether
   * any process begins anew.
   */
  async meet(length: number, isNew: boolean): Promise<{ part: Part; anyNew: boolean }> {
    const { rank, size } = this.collective;
    const values = new Float32Array(size + 1);
    values[rank] = length;
    values[size] = Number(isNew);
    await this.collective.allReduce(values, 'sum');
    const lengths = values.subarray(0, size);
    const part = { offset: sumOf(lengths.subarray(0, rank)), length, of: sumOf(lengths) };
    return { part, anyNew: values[size] > 0 };
  }

  /** Whether it is so in any of the processes. */
  async any(here: boolean): Promise<boolean> {
    const value = Float32Array.of(Number(here));
    await this.collective.allReduce(value, 'sum');
    return (value[0] ?? 0) > 0;
  }

  /** Adds up numbers that every process has by the same names. */
  async sumByName(values: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    const sums = Float32Array.from(values.values());
    await this.collective.allReduce(sums, 'sum');
    return new Map([...values.keys()].map((name, i) => [name, sums[i] ?? Number.NaN]));
  }

  /** Adds up float32 tensors, all in one transfer. The sums are the caller's. */
  readonly sum = async (tensors: readonly tf.Tensor[]): Promise<tf.Tensor[]> => {
    const flat = tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))));
    // A copy: on some backends the data are the tensor's own.
    const sums = Float32Array.from(await flat.data());
    flat.dispose();
    await this.collective.allReduce(sums, 'sum');
    let end = 0;
    return tensors.map(({ shape, size }) => {
      end += size;
      return tf.tensor(sums.subarray(end - size, end), shape);
    });
  };

  /** Replaces variables by their means over the processes, of which this one has a share. */
  async average(variables: readonly tf.Variable[], share: number): Promise<void> {
    if (variables.length === 0) return;
    const own = tf.tidy(() => variables.map((variable) => tf.mul<tf.Tensor>(variable, share)));
    const means = await this.sum(own);
    for (const [i, variable] of variables.entries()) variable.assign(means[i] ?? variable);
    tf.dispose([own, means]);
  }

  /** The bytes that rank 0 makes, for all. */
  async share(make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const made = this.isFirst ? await make() : new Uint8Array(0);
    const length = Float64Array.of(made.length);
    await this.collective.broadcast(new Uint8Array(length.buffer), 0);
    const bytes = this.isFirst ? made : new Uint8Array(length[0] ?? 0);
    await this.collective.broadcast(bytes, 0);
    return bytes;
  }
}

/** Null where there is one process alone, which has nobody to ask. */
export function processesOf(collective: Collective | null): Processes | null {
  return collective === null || collective.size === 1 ? null : new Processes(collective);
}

function sumOf(numbers: Float32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
