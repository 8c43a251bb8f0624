import { formatError } from '@eigengan/core';
import type { Explorable } from './explorable';
import { type ExplorerState, fitting, idOf, latentsOf } from './explorer-state';
import type { ModelLayout } from './model-layout';

const format = 'eigengan-latent';

/**
 * A state as JSON, with the latents themselves: `{ format, version, seed, truncation, moved, latents }`. Other
 * programs need the last only.
 */
export function writeLatent(model: Explorable, layout: ModelLayout, state: ExplorerState): string {
  const { seed = null, truncation, moved } = state;
  const latents = Array.from(latentsOf(model, layout, state));
  return `${JSON.stringify({ format, version: 1, seed, truncation, moved, latents }, null, 2)}\n`;
}

/**
 * The state of what `writeLatent` wrote. Where seed and moves do not give the latents of the file, as with
 * another model's seed, what differs counts as moved: the latents hold.
 *
 * @throws FormatError when it is not such a file, or has latents of another length
 */
export function readLatent(model: Explorable, layout: ModelLayout, text: string): ExplorerState {
  const where = 'latent file';
  const file = parsed(where, text);
  if (file.format !== format) throw formatError(where, `format must be "${format}"`, file.format);
  if (file.version !== 1) throw formatError(where, 'version must be 1', file.version);
  const { latents } = file;
  if (!Array.isArray(latents) || latents.length !== layout.latentSize) {
    const rule = `latents must be ${layout.latentSize} numbers, as this model takes`;
    throw formatError(where, rule, Array.isArray(latents) ? latents.length : latents);
  }
  const state = fitting(layout, {
    seed: typeof file.seed === 'number' ? file.seed : undefined,
    ...(typeof file.truncation === 'number' ? { truncation: file.truncation } : {}),
    moved: numbersOf(file.moved),
  });
  const made = latentsOf(model, layout, state);
  const moved: Record<string, number> = { ...state.moved };
  latents.forEach((value: unknown, i) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw formatError(where, `latents[${i}] must be a number`, value);
    }
    if (Math.abs(value - (made[i] ?? 0)) > 1e-6) moved[idOf(layout, i)] = value;
  });
  return { ...state, moved };
}

function parsed(where: string, text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw formatError(where, 'must be JSON', text.slice(0, 40), { cause });
  }
  if (typeof json !== 'object' || json === null) throw formatError(where, 'must be an object', json);
  return { ...json };
}

function numbersOf(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
