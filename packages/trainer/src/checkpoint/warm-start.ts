import {
  argumentError,
  assertOneOf,
  FormatError,
  type SafetensorsFile,
  type TensorRecord,
} from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { AverageCounts } from '../ema/share-kept';
import type { NetworkWeight } from '../networks/network-weights';
import { assertNumbers, decodeWhole, readMetadata } from './checkpoint-format';
import { formOf, type TrainerParts, toTensor } from './checkpoint-tensors';
import { problemList } from './problem-list';

/** A network that has weights in a checkpoint; `ema` is the generator's moving average. */
export type WarmStartNetwork = 'generator' | 'discriminator' | 'ema';

export interface WarmStartOptions {
  /** Which networks take weights. Default: all that both the file and the trainer have. */
  readonly only?: readonly WarmStartNetwork[] | undefined;
}

/** What became of the weights, each by its name in a checkpoint, e.g. `generator/stem/kernel`. */
export interface WarmStart {
  readonly loaded: readonly string[];
  /** Not in the file: as they were. */
  readonly missing: readonly string[];
  /** In the file alone. */
  readonly unexpected: readonly string[];
  /** In both, but of another type or shape, e.g. `float32 [5, 8]`: as they were. */
  readonly reshaped: readonly { readonly role: string; readonly saved: string; readonly own: string }[];
}

const where = 'Trainer.warmStart';
const networks: readonly WarmStartNetwork[] = ['generator', 'discriminator', 'ema'];

/**
 * Assigns the weights of a file that fit by role and shape. The average begins at the generator that was
 * loaded, unless its own weights are loaded; these bring their counts along, or a warm-up or ramp-up
 * would at once forget them.
 *
 * @throws FormatError when a network gets no weight at all; ArgumentError when `only` names what there is not.
 * Nothing is changed then
 */
export function warmStart(bytes: Uint8Array, parts: TrainerParts, { only }: WarmStartOptions): WarmStart {
  if (only !== undefined) checkOnly(only, parts);
  const file = decodeWhole(bytes);
  const wanted = only ?? networks.filter((name) => weightsOf(name, parts) && rolesIn(file, name).length > 0);
  if (wanted.length === 0) {
    throw new FormatError(`${where}: the file must hold weights of the trainer's networks, got none`, {
      hint: 'They are called generator/<role>, discriminator/<role> and ema/<role>',
    });
  }
  const matches = wanted.map((name) => match(name, weightsOf(name, parts) ?? [], file));
  const counts = wanted.includes('ema') ? averageCountsOf(file) : null;
  // From here on nothing throws. The average first takes after the generator.
  for (const { network, fitting } of matches) {
    // Onto the variables themselves: constraints would change last bits.
    for (const { variable, record } of fitting) tf.tidy(() => variable.assign(toTensor(record)));
    if (network === 'generator') parts.ema?.restart();
  }
  if (parts.ema !== null && counts !== null) parts.ema.counts = counts;
  return {
    loaded: matches.flatMap(({ fitting }) => fitting.map(({ role }) => role)),
    missing: matches.flatMap(({ missing }) => missing),
    unexpected: matches.flatMap(({ unexpected }) => unexpected),
    reshaped: matches.flatMap(({ reshaped }) => reshaped),
  };
}

function checkOnly(only: readonly WarmStartNetwork[], parts: TrainerParts): void {
  if (!Array.isArray(only) || only.length === 0) {
    throw argumentError(`${where}: only`, `must list some of ${networks.join(', ')}`, only);
  }
  for (const name of only) {
    assertOneOf(`${where}: only`, name, networks);
    if (weightsOf(name, parts) === null) {
      throw argumentError(`${where}: only`, 'must be networks of the trainer, which has ema: null', name);
    }
  }
}

function weightsOf(name: WarmStartNetwork, parts: TrainerParts): readonly NetworkWeight[] | null {
  return parts[name]?.weights ?? null;
}

function rolesIn({ tensors }: SafetensorsFile, network: WarmStartNetwork): string[] {
  return Object.keys(tensors).filter((name) => name.startsWith(`${network}/`));
}

/** @throws FormatError when no weight of the network fits */
function match(network: WarmStartNetwork, weights: readonly NetworkWeight[], file: SafetensorsFile) {
  const fitting: { role: string; variable: tf.Variable; record: TensorRecord }[] = [];
  const missing: string[] = [];
  const reshaped: { role: string; saved: string; own: string }[] = [];
  const own = new Map(weights.map(({ role, variable }) => [`${network}/${role}`, variable]));
  for (const [role, variable] of own) {
    const record = file.tensors[role];
    if (record === undefined) {
      missing.push(role);
      continue;
    }
    const forms = { saved: formOf(record), own: formOf(variable) };
    if (forms.saved === forms.own) fitting.push({ role, variable, record });
    else reshaped.push({ role, ...forms });
  }
  const unexpected = rolesIn(file, network).filter((role) => !own.has(role));
  if (fitting.length > 0) return { network, fitting, missing, unexpected, reshaped };
  const problems = [
    ...reshaped.map((one) => `${one.role} ${one.saved} where the model has ${one.own}`),
    ...unexpected.map((role) => `${role} that the model does not have`),
  ];
  throw new FormatError(
    `${where}: a weight of ${network} must fit, got ${problemList(problems) || 'none in the file'}`,
    { hint: 'Weights fit by role and shape; leave this network out with `only`' },
  );
}

/** @throws FormatError when the file is no checkpoint of a run with an average */
function averageCountsOf(file: SafetensorsFile): AverageCounts | null {
  const { ema } = readMetadata(file);
  assertNumbers('checkpoint: ema', ema ?? {}, ['updates', 'images', 'pending']);
  return ema;
}
