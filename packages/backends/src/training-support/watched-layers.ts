import type * as tfl from '@tensorflow/tfjs-layers';
import { type Place, within } from './watched-engine';

type Layer = tfl.layers.Layer;

/** Runs `compute` while `place` knows which layer of the models is called, the innermost one. */
export function watchingLayers<T>(place: Place, models: readonly tfl.LayersModel[], compute: () => T): T {
  const restored: (() => void)[] = [];
  for (const layer of new Set(models.flatMap(innerLayers))) {
    const own = Object.getOwnPropertyDescriptor(layer, 'call');
    const { call } = layer;
    layer.call = (...args) => within(place, { layer: layer.name }, () => call.apply(layer, args));
    restored.push(() => {
      if (own === undefined) Reflect.deleteProperty(layer, 'call');
      else Object.defineProperty(layer, 'call', own);
    });
  }
  try {
    return compute();
  } finally {
    for (const restore of restored) restore();
  }
}

/** The layers of a model, those inside nested models and wrappers included. */
function innerLayers(model: tfl.LayersModel): Layer[] {
  return model.layers.flatMap((layer) => {
    if ('layers' in layer && Array.isArray(layer.layers)) return innerLayers(layer as tfl.LayersModel);
    const wrapped = 'layer' in layer ? [layer.layer as Layer] : [];
    return [layer, ...wrapped];
  });
}
