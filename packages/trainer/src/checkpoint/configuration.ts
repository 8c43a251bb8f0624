import { FormatError } from '@eigengan/core';
import { movingAverageSettings } from '../ema/moving-average-options';
import type { TrainerSettings } from '../trainer-options';
import { problemList } from './problem-list';

/** What must be the same for a resumed run to be the same run; learning rates may change. */
export function configurationOf(settings: TrainerSettings): Readonly<Record<string, unknown>> {
  const { optimizers, penalties, augment, ema } = settings;
  return {
    loss: settings.loss.name,
    penalties: Object.fromEntries(penalties.map(({ name, configuration }) => [name, configuration])),
    penaltyUpdate: settings.penaltyUpdate,
    ...(augment === null ? {} : { augment: { name: augment.name, ...augment.configuration } }),
    optimizers: {
      generator: { kind: optimizers.generator.kind, ...optimizers.generator.configuration },
      discriminator: { kind: optimizers.discriminator.kind, ...optimizers.discriminator.configuration },
    },
    ema: ema === null ? 'none' : movingAverageSettings(ema),
    generatorInterval: settings.generatorInterval,
    generatorLatents: settings.generatorLatents,
    regularizationInterval: settings.regularizationInterval,
    seed: settings.seed,
  };
}

/** @throws FormatError naming every field in which the two differ */
export function assertSameConfiguration(where: string, saved: unknown, own: unknown): void {
  const before = flatten(saved);
  const now = flatten(own);
  const differences = [...new Set([...before.keys(), ...now.keys()])]
    .filter((path) => before.get(path) !== now.get(path))
    .map((path) => `${path} was ${before.get(path) ?? 'absent'}, is ${now.get(path) ?? 'absent'}`);
  if (differences.length === 0) return;
  throw new FormatError(
    `${where}: the configuration must be that of the checkpoint, got ${problemList(differences)}`,
    { hint: 'Only learning rates may change between a checkpoint and its resume' },
  );
}

/** `a.b.c` -> JSON of what is there. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null)
    return new Map([[path, JSON.stringify(value) ?? 'absent']]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flatten(inner, path === '' ? key : `${path}.${key}`),
    ]),
  );
}
