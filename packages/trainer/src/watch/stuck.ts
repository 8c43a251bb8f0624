import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { networkWeights } from '../networks/network-weights';
import { type Finding, shortNumber } from './training-event';
import { assertPace, type Watch, type WatchedRun, type Watcher } from './watcher';

export interface StuckOptions {
  /** Threshold of |w_after - w_before| / |w_after|, the movement of a network over `every` steps. Default 1e-6. */
  readonly below?: number | undefined;
  /** In steps: it looks after each so many, at the movement since it looked last. Default 100. */
  readonly every?: number | undefined;
  /** Whether the event ends `fit`. Default false. */
  readonly stop?: boolean | undefined;
}

const names = ['discriminator', 'generator'] as const;
type NetworkName = (typeof names)[number];

const stillHint =
  'Its learning rate may be too small, or its loss saturated, so that no gradient comes: see d_loss and g_loss';
const frozenHint = (idle: readonly NetworkName[]) =>
  `Nothing in the ${idle.join(' and the ')} is trainable: set trainable to true on the model and its layers`;

/** Numbers of each weight that are looked at, so that what is held for comparison stays small. */
const looked = 4096;

/**
 * Tells when a network no longer moves: a learning rate of zero, a layer frozen by mistake, a loss that gives
 * no gradient. It looks at what is trainable, the first 4,096 numbers of each weight.
 *
 * Its events, of kind `stuck`, are about `discriminator`, `generator` or both; their numbers are
 * `discriminator_movement` and `generator_movement`. A generator that had no update meanwhile is left out.
 *
 * @throws ArgumentError when an option is out of its range
 */
export function stuck({ below = 1e-6, every = 100, stop = false, ...others }: StuckOptions = {}): Watcher {
  const kind = 'stuck';
  assertFields(kind, others, ['below', 'every', 'stop']);
  assertFinite(`${kind}: below`, below, { min: 0 });
  assertPace(kind, { every, stop });
  return { kind, every, stop, begin: (run) => new MovementWatch(run, { below, every }) };
}

class MovementWatch implements Watch {
  readonly #run: WatchedRun;
  readonly #options: { readonly below: number; readonly every: number };
  #before: Readonly<Record<NetworkName, Snapshot>>;
  #steps = 0;
  /** Whether G had an update since. */
  #generatorWasDue = false;

  constructor(run: WatchedRun, options: { readonly below: number; readonly every: number }) {
    this.#run = run;
    this.#options = options;
    this.#before = snapshotsOf(run);
  }

  see({ log }: Parameters<NonNullable<Watch['see']>>[0]): void {
    this.#steps++;
    this.#generatorWasDue ||= log.g_loss !== undefined;
  }

  async look(): Promise<Finding | null> {
    const { below, every } = this.#options;
    if (this.#steps < every) return null;
    const steps = this.#steps;
    const moved = await this.#movement();
    const seen = names.filter((name) => name === 'discriminator' || this.#generatorWasDue);
    const about = seen.filter((name) => moved[name] <= below);
    const idle = about.filter((name) => this.#before[name].variables.length === 0);
    this.#renew();
    if (about.length === 0) return null;
    const amounts = about.map((name) => `the ${name} by ${shortNumber(moved[name])}`).join(' and ');
    return {
      message: `over ${steps} steps weights must move by more than ${below} of their size, but moved in ${amounts}`,
      hint: idle.length > 0 ? frozenHint(idle) : stillHint,
      about,
      numbers: Object.fromEntries(seen.map((name) => [`${name}_movement`, moved[name]])),
    };
  }

  dispose(): void {
    for (const name of names) this.#before[name].values.dispose();
  }

  async #movement(): Promise<Readonly<Record<NetworkName, number>>> {
    const squares = await this.#run.read(() =>
      Object.fromEntries(
        names.flatMap((name) => {
          const { variables, values } = this.#before[name];
          const now = startsOf(variables);
          return [
            [`${name} moved`, tf.sum(tf.square(tf.sub(now, values)))],
            [name, tf.sum(tf.square(now))],
          ];
        }),
      ),
    );
    const of = (name: NetworkName) => {
      const [moved = 0, all = 0] = [squares[`${name} moved`], squares[name]];
      return moved === 0 ? 0 : Math.sqrt(moved / all);
    };
    return { discriminator: of('discriminator'), generator: of('generator') };
  }

  #renew(): void {
    this.dispose();
    this.#before = snapshotsOf(this.#run);
    this.#steps = 0;
    this.#generatorWasDue = false;
  }
}

/** What is trainable, and the starts of its values. */
interface Snapshot {
  readonly variables: readonly tf.Variable[];
  readonly values: tf.Tensor1D;
}

function snapshotsOf({ discriminator, generator }: WatchedRun): Record<NetworkName, Snapshot> {
  return { discriminator: snapshotOf(discriminator), generator: snapshotOf(generator) };
}

function snapshotOf(model: tfl.LayersModel): Snapshot {
  const trainable = networkWeights('stuck', model).filter((weight) => weight.trainable());
  const variables = trainable.map(({ variable }) => variable);
  return { variables, values: startsOf(variables) };
}

/** The first values of each variable, one after another; a zero of none. */
function startsOf(variables: readonly tf.Variable[]): tf.Tensor1D {
  return tf.tidy(() => {
    const starts = variables.map((variable) =>
      tf.slice1d(tf.reshape(variable, [-1]), 0, Math.min(looked, variable.size)),
    );
    return starts.length === 0 ? tf.zeros([1]) : tf.concat1d(starts);
  });
}
