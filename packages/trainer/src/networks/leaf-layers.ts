import type * as tfl from '@tensorflow/tfjs-layers';

type Layer = tfl.layers.Layer;

/** A layer that holds no layers of its own, and whether it or a model around it is frozen. */
export interface LeafLayer {
  readonly layer: Layer;
  /** Read anew each time: people freeze and thaw layers while they train. */
  frozen(): boolean;
}

/** The layers of a model, nested models opened, each once however often it is used, in a fixed order. */
export function leafLayers(model: tfl.LayersModel): LeafLayer[] {
  const found = new Map<Layer, LeafLayer>();
  const visit = (container: tfl.LayersModel, outside: () => boolean) => {
    const frozenAround = () => outside() || !container.trainable;
    for (const layer of container.layers) {
      if (isModel(layer)) visit(layer, frozenAround);
      else if (!found.has(layer)) {
        found.set(layer, { layer, frozen: () => frozenAround() || !layer.trainable });
      }
    }
  };
  visit(model, () => false);
  return [...found.values()];
}

/** Whether a layer is itself a model (two copies of tfjs would defeat instanceof). */
function isModel(layer: Layer): layer is tfl.LayersModel {
  return 'layers' in layer && Array.isArray(layer.layers) && 'predict' in layer;
}
