import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatError } from './errors';
import { joinBytes } from './join-bytes';
import { encodeModelFiles, type ModelFiles, modelFileNames, type WeightSpec } from './model-files';
import { writeFileAtomic } from './write-file-atomic';

/**
 * A tfjs IO handler for a folder that holds `model.json` and `weights.bin`, the files that tfjs's own
 * `file://` and `http://` handlers read and write; for plain Node, where tfjs has no `file://`.
 *
 * @example await model.save(modelFolder('runs/1/model')); await tf.loadLayersModel(modelFolder('runs/1/model'))
 */
export function modelFolder(folder: string) {
  const modelPath = join(folder, modelFileNames.modelJson);
  return {
    async save(artifacts: ModelFiles) {
      const { modelJson, weights } = encodeModelFiles(artifacts);
      // The weights first: a model.json never stands without them.
      await writeFileAtomic(join(folder, modelFileNames.weights), weights);
      await writeFileAtomic(modelPath, modelJson);
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
        weightData: joinBytes(buffers).buffer,
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
