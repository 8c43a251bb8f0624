import { joinBytes } from './join-bytes';

/** A weight's entry in `model.json`. */
export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64';
}

/** The parts of tfjs's `ModelArtifacts` that a model's files hold; typed here, as this package has no tfjs. */
export interface ModelFiles {
  modelTopology?: object | ArrayBuffer;
  weightSpecs?: WeightSpec[];
  weightData?: ArrayBuffer | ArrayBuffer[];
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
  signature?: object;
  userDefinedMetadata?: Record<string, object>;
  modelInitializer?: object;
}

/** What a model's files are called: those that tfjs's own handlers write and look for. */
export const modelFileNames = { modelJson: 'model.json', weights: 'weights.bin' } as const;

/**
 * What stands in the files `model.json` and `weights.bin` of a model, as tfjs's own `file://` and
 * `downloads://` write them. The bytes are a copy.
 */
export function encodeModelFiles(artifacts: ModelFiles): {
  readonly modelJson: string;
  readonly weights: Uint8Array<ArrayBuffer>;
} {
  const { weightData = [], weightSpecs = [], ...description } = artifacts;
  const weightsManifest = [{ paths: [modelFileNames.weights], weights: weightSpecs }];
  return {
    modelJson: JSON.stringify({ ...description, weightsManifest }),
    weights: joinBytes([weightData].flat().map((part) => new Uint8Array(part))),
  };
}
