import { argumentError, assertFields, assertFinite, assertInteger, seededStream } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { drawLatents, shapesOf } from './latents';

/** The numbers of one image's latents, an array for each input of the generator, in its order. */
export type LatentRow = readonly Float32Array[];

/**
 * The latents `part` of the way from one image to another, input by input on the great circle between their
 * directions, their length from one to the other in a straight line: what lies between is as likely as what is
 * at the ends, where a straight line passes through the middle (Shoemake, SIGGRAPH 1985; White,
 * https://arxiv.org/abs/1609.04468).
 *
 * @param part 0 gives `from`, 1 gives `to`
 * @throws ArgumentError when the two differ in form, or `part` is not in [0, 1]
 */
export function interpolateLatents(from: LatentRow, to: LatentRow, part: number): Float32Array[] {
  assertFinite('interpolateLatents: part', part, { min: 0, max: 1 });
  if (from.map(({ length }) => length).join() !== to.map(({ length }) => length).join()) {
    throw argumentError('interpolateLatents', 'needs latents of one generator', { from, to });
  }
  return from.map((start, i) => onArc(start, to[i] ?? start, part));
}

function onArc(from: Float32Array, to: Float32Array, part: number): Float32Array {
  const [a, b] = [lengthOf(from), lengthOf(to)];
  let dot = 0;
  for (const [i, value] of from.entries()) dot += value * (to[i] ?? 0);
  const angle = a === 0 || b === 0 ? 0 : Math.acos(Math.min(1, Math.max(-1, dot / (a * b))));
  const sine = Math.sin(angle);
  // Where both point the same way, or exactly apart, there is no one great circle.
  if (sine < 1e-6) return from.map((value, i) => value + ((to[i] ?? 0) - value) * part);
  const length = a + (b - a) * part;
  const [x, y] = [Math.sin((1 - part) * angle) / sine / a, Math.sin(part * angle) / sine / b];
  return from.map((value, i) => length * (x * value + y * (to[i] ?? 0)));
}

const lengthOf = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

export interface LatentWalkOptions {
  /** Samples that the walk passes, one after the other. Default 4. */
  readonly stops?: number | undefined;
  /** Images from one sample to the next, the first of them included. Default 30. */
  readonly steps?: number | undefined;
  /** Whether it comes back to where it began, so that it can be played round and round. Default true. */
  readonly closed?: boolean | undefined;
  /** Which samples. Default 0. */
  readonly seed?: number | undefined;
  /** Standard deviations beyond which a number is drawn again. Default: none. */
  readonly truncation?: number | undefined;
}

/**
 * A walk through the latents, from sample to sample by `interpolateLatents`, slower at each of them. A closed
 * one has `stops * steps` images, an open one `(stops - 1) * steps + 1`.
 *
 * @param generator it, or its `latentShapes`; `GeneratorRenderer.render` takes each row
 */
export function* latentWalk(
  generator: tfl.LayersModel | Readonly<Record<string, number>>,
  options: LatentWalkOptions = {},
): Generator<Float32Array[], void> {
  assertFields('latentWalk', options, ['stops', 'steps', 'closed', 'seed', 'truncation']);
  const { stops = 4, steps = 30, closed = true, seed = 0, truncation } = options;
  assertInteger('latentWalk: stops', stops, { min: 2 });
  assertInteger('latentWalk: steps', steps, { min: 1 });
  assertInteger('latentWalk: seed', seed, { min: 0 });
  const shapes = shapesOf(generator);
  const stream = seededStream(seed, 'walk');
  const samples = Array.from({ length: stops }, () => drawLatents(shapes, 1, stream, { truncation }));
  for (let stop = 0; stop < (closed ? stops : stops - 1); stop++) {
    const [from, to] = [samples[stop] ?? [], samples[(stop + 1) % stops] ?? []];
    for (let step = 0; step < steps; step++) yield interpolateLatents(from, to, eased(step / steps));
  }
  if (!closed) yield samples[stops - 1] ?? [];
}

/** Slow at both ends: 3 t^2 - 2 t^3. */
const eased = (part: number) => part * part * (3 - 2 * part);
