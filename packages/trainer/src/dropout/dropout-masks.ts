import { seededStream } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { leafLayers } from '../networks/leaf-layers';
import { type MaskSource, StreamDropout } from './stream-dropout';

/**
 * The dropout masks of a run. The n-th mask of the k-th dropout of a network on a step comes from the stream
 * (seed, `dropout/<network>/<k>/<step>/<n>`): nothing to save, and no mask depends on how many there are. Of
 * processes that train together each has its own: the rank follows the name, but for rank 0.
 */
export class DropoutMasks {
  readonly #layers: readonly { readonly layer: DrawingLayer; readonly name: string }[];
  readonly #seed: number;

  constructor(models: Readonly<Record<string, tfl.LayersModel>>, seed: number, rank = 0) {
    this.#seed = seed;
    const suffix = rank === 0 ? '' : `/${rank}`;
    this.#layers = Object.entries(models).flatMap(([network, model]) =>
      leafLayers(model)
        .map(({ layer }) => drawingLayer(layer))
        .filter((layer) => layer !== null)
        .map((layer, k) => ({ layer, name: `dropout/${network}/${k}${suffix}` })),
    );
  }

  /** The masks of a step, from the first on. */
  ofStep(step: number): Masks {
    const sources = this.#layers.map(({ layer, name }) => {
      let calls = 0;
      return { layer, next: () => seededStream(this.#seed, `${name}/${step}/${calls++}`) };
    });
    return {
      during: (compute) => {
        for (const { layer, next } of sources) layer.drawFrom(next);
        try {
          return compute();
        } finally {
          for (const { layer } of sources) layer.drawFrom(null);
        }
      },
    };
  }
}

/** The masks of one step. */
export interface Masks {
  /** Runs `compute`, which must be done when it returns, with the masks that come next. */
  during<T>(compute: () => T): T;
}

interface DrawingLayer {
  drawFrom(source: MaskSource | null): void;
}

/** The StreamDropout that a layer is, or that TimeDistributed wraps (two copies would defeat instanceof). */
function drawingLayer(layer: tfl.layers.Layer): DrawingLayer | null {
  if (layer.getClassName() === StreamDropout.className && isDrawing(layer)) return layer;
  return 'layer' in layer && isLayer(layer.layer) ? drawingLayer(layer.layer) : null;
}

function isDrawing(layer: object): layer is DrawingLayer {
  return 'drawFrom' in layer && typeof layer.drawFrom === 'function';
}

function isLayer(value: unknown): value is tfl.layers.Layer {
  return typeof value === 'object' && value !== null && 'getClassName' in value;
}
