import { argumentError, assertFinite, assertInteger } from '@eigengan/core';
import type { Explorable, ExplorableDimension } from './explorable';

/** A dimension with what it left to defaults. */
export interface Dimension {
  readonly id: string;
  readonly index: number;
  /** The group's title. */
  readonly layer: string;
  readonly importance: number;
  readonly activity: number | undefined;
  /** What it is called as long as nobody named it: its place in the layer. */
  readonly place: string;
  readonly name: string | undefined;
  readonly range: readonly [number, number];
}

export interface DimensionGroup {
  readonly title: string;
  /** By falling |importance|. */
  readonly dimensions: readonly Dimension[];
}

/** A model's dimensions as they are shown. */
export interface ModelLayout {
  readonly latentSize: number;
  /** In the order of their appearance. */
  readonly groups: readonly DimensionGroup[];
  readonly byId: ReadonlyMap<string, Dimension>;
}

/** Below this activity nobody sees a dimension move. */
export const visibleActivity = 0.005;

/**
 * Checks a model and lays out its dimensions: by layer, then by falling |importance|.
 *
 * @throws ArgumentError when two dimensions share an id or a place, or a number is out of its range
 */
export function layOutModel({ dimensions, latentSize = dimensions.length }: Explorable): ModelLayout {
  assertInteger('explorer: latentSize', latentSize, { min: 1 });
  const byLayer = new Map<string, [ExplorableDimension, number][]>();
  const taken = new Set<number>();
  dimensions.forEach((dimension, place) => {
    const where = `explorer: dimensions[${place}]`;
    const { id, layer, importance, range: [least, largest] = [-3, 3], index = place } = dimension;
    if (typeof id !== 'string' || id === '') throw argumentError(`${where}.id`, 'must be a text', id);
    assertInteger(`${where}.index`, index, { min: 0, max: latentSize - 1 });
    assertFinite(`${where}.importance`, importance);
    assertFinite(`${where}.range[0]`, least);
    assertFinite(`${where}.range[1]`, largest);
    if (least >= largest) throw argumentError(`${where}.range`, 'must rise', [least, largest]);
    if (taken.has(index)) throw argumentError(`${where}.index`, 'must be no other dimension’s', index);
    taken.add(index);
    const title = typeof layer === 'number' ? `Layer ${layer}` : layer;
    byLayer.set(title, [...(byLayer.get(title) ?? []), [dimension, index]]);
  });
  const groups = Array.from(byLayer, ([title, members]) => ({ title, dimensions: ordered(title, members) }));
  const byId = new Map(groups.flatMap((group) => group.dimensions.map((one) => [one.id, one])));
  if (byId.size !== dimensions.length) {
    const ids = dimensions.map(({ id }) => id);
    throw argumentError(
      'explorer: dimensions',
      'must have an id each of its own',
      ids.find((id, i) => ids.indexOf(id) !== i),
    );
  }
  return { latentSize, groups, byId };
}

const wholeRange = [-3, 3] as const;

function ordered(layer: string, members: readonly [ExplorableDimension, number][]): Dimension[] {
  return [...members]
    .sort(([a], [b]) => Math.abs(b.importance) - Math.abs(a.importance))
    .map(([{ id, importance, activity, name, range = wholeRange }, index], place) => ({
      id,
      index,
      layer,
      importance,
      activity,
      name,
      range,
      place: `Dimension ${place + 1}`,
    }));
}

/** So many values from the least to the largest, evenly. */
export function valuesAlong({ range: [least, largest] }: Dimension, count: number): number[] {
  return Array.from({ length: count }, (_, i) => least + ((largest - least) * i) / (count - 1));
}
