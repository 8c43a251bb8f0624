import { libraryVersion, type SavedModelMetadata } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { latentShapes } from './latent-shapes';
import { weightsByRole } from './roles';

const format = 'eigengan-model';

/** What is known of a generator without training: everything but the names of its dimensions. */
export function freshMetadata(generator: tfl.LayersModel): SavedModelMetadata {
  return {
    format,
    libraryVersion,
    imageRange: [-1, 1],
    latentShapes: latentShapes(generator),
    latentDistribution: { kind: 'normal', mean: 0, stddev: 1 },
    roles: [...weightsByRole(generator).keys()],
    dimensionNames: {},
  };
}

/** What a generator says of itself, or undefined when it is not one of ours. */
export function readMetadata(model: tfl.LayersModel): SavedModelMetadata | undefined {
  const metadata: unknown = model.getUserDefinedMetadata();
  return isMetadata(metadata) ? metadata : undefined;
}

/** Puts it where tfjs saves and loads it. */
export function writeMetadata(model: tfl.LayersModel, metadata: SavedModelMetadata): void {
  model.setUserDefinedMetadata({ ...metadata });
}

function isMetadata(value: unknown): value is SavedModelMetadata {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === format;
}
