import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatError } from './errors';
import { writeFileAtomic } from './write-file-atomic';

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

const weightsName = 'weights.bin';

/**
 * A tfjs IO handler for a folder that holds `model.json` and `weights.bin`, the files that tfjs's own
 * `file://` and `http://` handlers read and write; for plain Node, where tfjs has no `file://`.
 *
 * @example await model.save(modelFolder('runs/1/model')); await tf.loadLayersModel(modelFolder('runs/1/model'))
 */
export function modelFolder(folder: string) {
  const modelPath = join(folder, 'model.json');
  return {
    async save(artifacts: ModelFiles) {
      const { weightData, weightSpecs = [], ...description } = artifacts;
      const weights = concatenate(weightData);
      const json = { ...description, weightsManifest: [{ paths: [weightsName], weights: weightSpecs }] };
      // The weights first: a model.json never stands without them.
      await writeFileAtomic(join(folder, weightsName), weights);
      await writeFileAtomic(modelPath, JSON.stringify(json));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
    },

    async load() {
      const { weightsManifest, ...description } = parseModel(modelPath, await readFile(modelPath, 'utf8'));
      const buffers: Uint8Array[] = [];
      for (const path of weightsManifest.flatMap((group) => group.paths)) {
        buffers.push(await readFile(resolve(folder, path)));
      }
      return {
        ...description,
        weightSpecs: weightsManifest.flatMap((group) => group.weights),
        weightData: toArrayBuffer(Buffer.concat(buffers)),
      };
    },
  };
}

interface WeightGroup {
  paths: string[];
  weights: WeightSpec[];
}

interface ModelJson extends Omit<ModelFiles, 'weightSpecs' | 'weightData'> {
  weightsManifest: WeightGroup[];
}

function parseModel(path: string, text: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw formatError(path, 'must be JSON', text.slice(0, 40), { cause });
  }
  if (!isModelJson(json)) {
    throw formatError(path, 'must be a tfjs model with modelTopology and weightsManifest', json);
  }
  return json;
}

function isModelJson(json: unknown): json is ModelJson {
  return (
    typeof json === 'object' &&
    json !== null &&
    'modelTopology' in json &&
    'weightsManifest' in json &&
    Array.isArray(json.weightsManifest) &&
    json.weightsManifest.every(
      (group: unknown) =>
        typeof group === 'object' &&
        group !== null &&
        'paths' in group &&
        Array.isArray(group.paths) &&
        'weights' in group &&
        Array.isArray(group.weights),
    )
  );
}

function concatenate(data: ArrayBuffer | ArrayBuffer[] | undefined): Uint8Array {
  const parts = data === undefined ? [] : Array.isArray(data) ? data : [data];
  return Buffer.concat(parts.map((part) => new Uint8Array(part)));
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
