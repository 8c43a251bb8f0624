import { crc32 } from '@eigengan/core';
import {
  dimensionActivity,
  dimensionKey,
  type GeneratorFiles,
  GeneratorRenderer,
  generatorFiles,
  latentShapes,
  loadGenerator,
  nameDimension,
  type Quantization,
} from '@eigengan/eigengan-model';
import { type ExplorableDimension, type Picture, toPictures } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LoadedModel, ModelSource } from './messages';

/** Samples that a dimension's activity is measured with: few, as a person waits. */
const activitySamples = 2;

/** A generator that is explored. */
export interface GeneratorOnStage {
  readonly description: Omit<LoadedModel, 'backend'>;
  /** The picture of all its latents, one input's after the other's. */
  render(latents: Float32Array): Promise<Picture>;
  /** Its files, with these names of dimensions, weights in as many bits as they came. */
  save(names: Readonly<Record<string, string>>): Promise<GeneratorFiles>;
  dispose(): void;
}

export async function loadOnStage(source: ModelSource): Promise<GeneratorOnStage> {
  const { handler, found } = watched(
    'url' in source ? tf.io.http(source.url) : tf.io.browserFiles([...source.files]),
  );
  const generator = await loadGenerator(handler);
  const renderer = new GeneratorRenderer(generator);
  const parts = latentParts(generator);
  const [, height, width] = generator.outputs[0]?.shape ?? [];
  const dimensions = await describeDimensions(renderer);
  return {
    description: {
      dimensions,
      latentSize: parts.reduce((sum, { size }) => sum + size, 0),
      size: [height ?? 0, width ?? 0],
      parameters: generator.countParams(),
      fingerprint: found.fingerprint,
    },
    async render(latents) {
      const images = renderer.render(parts.map(({ start, size }) => latents.subarray(start, start + size)));
      const [picture] = await toPictures(images);
      images.dispose();
      if (picture === undefined) throw new Error('The generator made no picture');
      return picture;
    },
    async save(names) {
      setNames(generator, dimensions, names);
      return generatorFiles(generator, { quantization: found.quantization });
    },
    dispose() {
      renderer.dispose();
      generator.dispose();
    },
  };
}

/** Where each input lies in the latents. */
function latentParts(generator: LayersModel) {
  let end = 0;
  return Object.entries(latentShapes(generator)).map(([name, size]) => {
    end += size;
    return { name, size, start: end - size };
  });
}

/** The handler, and what went through it. */
function watched(handler: tf.io.IOHandler) {
  const found: { fingerprint: string; quantization: Quantization | undefined } = {
    fingerprint: '',
    quantization: undefined,
  };
  const load = async () => {
    const artifacts = (await handler.load?.()) ?? {};
    const { weightData = new ArrayBuffer(0), weightSpecs = [] } = artifacts;
    const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
    found.fingerprint = crc32(bytes).toString(16).padStart(8, '0');
    found.quantization = weightSpecs.find((spec) => spec.quantization)?.quantization?.dtype;
    return artifacts;
  };
  return { handler: { load }, found };
}

async function describeDimensions(renderer: GeneratorRenderer): Promise<ExplorableDimension[]> {
  const starts = new Map(latentParts(renderer.generator).map(({ name, start }) => [name, start]));
  const dimensions = await dimensionActivity(renderer, { samples: activitySamples });
  return dimensions.map((dimension) => {
    const { block, coordinate, input, resolution, importance, activity, name } = dimension;
    const layer = `Layer ${block} · ${resolution.join(' × ')}`;
    const index = (starts.get(input) ?? 0) + coordinate;
    return { id: dimensionKey(dimension), layer, importance, activity, name, index };
  });
}

function setNames(
  generator: LayersModel,
  dimensions: readonly ExplorableDimension[],
  names: Readonly<Record<string, string>>,
): void {
  for (const { id } of dimensions) {
    const [block = 0, coordinate = 0] = (id.match(/\d+/g) ?? []).map(Number);
    nameDimension(generator, { block, coordinate }, names[id]);
  }
}
