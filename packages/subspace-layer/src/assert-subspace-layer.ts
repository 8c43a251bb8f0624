import { argumentError } from '@eigengan/core';
import type { SubspaceLayer } from './subspace-layer';

/** Refuses a model or another layer, which plain JavaScript lets through; a second copy's class is as good. */
export function assertSubspaceLayer(where: string, layer: unknown): asserts layer is SubspaceLayer {
  if (typeof layer === 'object' && layer !== null && 'effectiveBasis' in layer) return;
  throw argumentError(
    where,
    'must be a SubspaceLayer, e.g. model.getLayer(name)',
    Object(layer).name ?? layer,
  );
}
