import { orthonormalInitializer, type SubspaceLayerArgs, subspaceLayer } from '../index';

/** A built layer of rank 3 with an orthonormal basis, importance of both signs and an origin that is not 0. */
export function builtLayer(args: Partial<SubspaceLayerArgs> = {}) {
  const layer = subspaceLayer({
    shape: [2, 5],
    importance: [1, -3, 2],
    basisInitializer: orthonormalInitializer({ seed: 1 }),
    originInitializer: 'ones',
    ...args,
  });
  layer.build([null, 3]);
  return layer;
}
