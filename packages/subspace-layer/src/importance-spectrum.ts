import { assertSubspaceLayer } from './assert-subspace-layer';
import type { SubspaceLayer } from './subspace-layer';

export interface ImportanceEntry {
  /** Which coordinate of z, counted from 0. */
  readonly coordinate: number;
  /** |L_j|. */
  readonly importance: number;
}

/**
 * The coordinates of a layer, the most important first, each with its |importance|; equal ones in the order
 * of the layer. The basis being orthonormal, it is the standard deviation of the features along u_j for z of
 * the standard normal distribution.
 *
 * @throws ArgumentError when it is no SubspaceLayer
 */
export async function importanceSpectrum(layer: SubspaceLayer): Promise<ImportanceEntry[]> {
  assertSubspaceLayer('importanceSpectrum: layer', layer);
  const values = await layer.importance.read().data();
  return Array.from(values, (value, coordinate) => ({ coordinate, importance: Math.abs(value) })).sort(
    (a, b) => b.importance - a.importance || a.coordinate - b.coordinate,
  );
}
