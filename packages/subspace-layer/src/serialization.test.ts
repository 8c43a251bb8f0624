import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  OrthonormalConstraint,
  OrthonormalInitializer,
  OrthonormalityRegularizer,
  orthonormalConstraint,
  orthonormalInitializer,
  orthonormalityError,
  orthonormalityRegularizer,
  SmoothOrthonormalInitializer,
  SubspaceLayer,
  type SubspaceLayerArgs,
  smoothOrthonormalInitializer,
  subspaceLayer,
} from './index';
import { runInFreshProcess } from './testing/fresh-process';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** What `model.save` writes. */
async function saved(model: tfl.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (written) => {
      artifacts = written;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  if (artifacts === undefined) throw new Error('nothing was saved');
  return artifacts;
}

const reloaded = async (model: tfl.LayersModel) => tfl.loadLayersModel(tf.io.fromMemory(await saved(model)));

function output(model: tfl.LayersModel, input: tf.Tensor): tf.Tensor {
  const predicted = model.predict(input);
  if (Array.isArray(predicted)) throw new Error('expected one output');
  return predicted;
}

const smooth = () => smoothOrthonormalInitializer({ shape: [4, 4, 2], seed: 3, cutoff: 2 });

describe('a saved and reloaded layer', () => {
  const cases: [string, Partial<SubspaceLayerArgs>][] = [
    ['with its defaults', {}],
    ['with a constraint', { basisConstraint: orthonormalConstraint(), basisInitializer: smooth() }],
    ['with Gram-Schmidt', { gramSchmidt: true, basisInitializer: 'glorotNormal', importance: [1, -2, 3] }],
    [
      'that gives images',
      { output: 'images', rank: 3, originInitializer: tfl.initializers.constant({ value: 2 }) },
    ],
    ['with a regulariser of its own', { basisRegularizer: orthonormalityRegularizer({ strength: 0.5 }) }],
    ['with nothing to keep its basis', { basisRegularizer: null }],
  ];
  for (const [title, args] of cases) {
    it(`${title} has the same configuration, losses and output`, async () => {
      const layer = subspaceLayer({ shape: [4, 4, 2], name: 'block_0', ...args });
      const z = tfl.input({ shape: [3] });
      // Once more through a stock layer, so that images too are an output that a model can have.
      const model = tfl.model({
        inputs: z,
        outputs: tfl.layers.flatten().apply(layer.apply(z)) as tfl.SymbolicTensor,
      });
      const again = (await reloaded(model)).getLayer('block_0');
      if (!(again instanceof SubspaceLayer)) throw new Error('another class came back');
      expect(again.getConfig()).toEqual(layer.getConfig());
      expect(again.calculateLosses().map((loss) => loss.dataSync())).toEqual(
        layer.calculateLosses().map((loss) => loss.dataSync()),
      );
      const input = normal([2, 3]);
      const [a, b] = [layer.call(input, {}), again.call(input, {})];
      expect(b.shape).toEqual(a.shape);
      expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]).toBeLessThan(1e-5);
    });
  }

  it('can be made from its configuration alone', () => {
    const layer = subspaceLayer({
      shape: [2, 2],
      rank: 2,
      importance: [4, 1],
      basisConstraint: orthonormalConstraint(),
    });
    const again = SubspaceLayer.fromConfig(SubspaceLayer, layer.getConfig());
    expect(again.getConfig()).toEqual(layer.getConfig());
  });
});

describe('on stock layers', () => {
  const dense = (units: number, inputs: number) =>
    tfl.layers.dense({
      units,
      inputShape: [inputs],
      name: 'stock',
      kernelInitializer: orthonormalInitializer({ seed: 2 }),
      kernelRegularizer: orthonormalityRegularizer({ strength: 3 }),
      kernelConstraint: orthonormalConstraint(),
    });

  for (const [inputs, units] of [
    [9, 4],
    [4, 9],
  ] as const) {
    it(`all three work on a dense kernel [${inputs}, ${units}], saved and reloaded`, async () => {
      const model = tfl.sequential({ layers: [dense(units, inputs)] });
      const again = await reloaded(model);
      for (const one of [model, again]) {
        const layer = one.getLayer('stock');
        const [kernel] = layer.weights;
        if (kernel === undefined) throw new Error('a dense layer has a kernel');
        expect(kernel.constraint).toBeInstanceOf(OrthonormalConstraint);
        expect(await orthonormalityError(kernel.read())).toBeLessThan(1e-6);
        expect(layer.calculateLosses()).toHaveLength(1);
        kernel.write(normal([inputs, units]));
        expect(await orthonormalityError(kernel.read())).toBeLessThan(1e-6);
      }
      expect(again.getConfig()).toEqual(model.getConfig());
    });
  }

  it('the smooth initialiser makes images of what a dense layer puts out', async () => {
    const layer = tfl.layers.dense({ units: 32, inputShape: [3], kernelInitializer: smooth() });
    const again = await reloaded(tfl.sequential({ layers: [layer] }));
    expect(await orthonormalityError(layer.getWeights()[0] ?? tf.scalar(0))).toBeLessThan(1e-6);
    expect(again.getWeights()[0]?.dataSync()).toEqual(layer.getWeights()[0]?.dataSync());
  });

  it('they work on a convolution kernel', async () => {
    const layer = tfl.layers.conv2d({
      filters: 5,
      kernelSize: 3,
      inputShape: [8, 8, 2],
      kernelInitializer: orthonormalInitializer({ seed: 2 }),
      kernelConstraint: orthonormalConstraint(),
    });
    const model = tfl.sequential({ layers: [layer] });
    expect(await orthonormalityError(layer.getWeights()[0] ?? tf.scalar(0))).toBeLessThan(1e-6);
    expect(output(model, normal([1, 8, 8, 2])).shape).toEqual([1, 6, 6, 5]);
  });

  it('they carry literal class names', () => {
    expect([
      OrthonormalConstraint.className,
      OrthonormalInitializer.className,
      OrthonormalityRegularizer.className,
      SmoothOrthonormalInitializer.className,
    ]).toEqual([
      'eigengan/subspace-layer/OrthonormalConstraint',
      'eigengan/subspace-layer/OrthonormalInitializer',
      'eigengan/subspace-layer/OrthonormalityRegularizer',
      'eigengan/subspace-layer/SmoothOrthonormalInitializer',
    ]);
  });
});

describe('in a fresh process', () => {
  const program = (imported: string) => `
    import '@tensorflow/tfjs-backend-cpu';
    import { readFileSync } from 'node:fs';
    import * as tf from '@tensorflow/tfjs-core';
    import { loadLayersModel } from '@tensorflow/tfjs-layers';
    ${imported}
    const { topology, specs, weights, input } = JSON.parse(readFileSync('model.json', 'utf8'));
    const weightData = Uint8Array.from(Buffer.from(weights, 'base64')).buffer;
    const model = await loadLayersModel(
      tf.io.fromMemory({ modelTopology: topology, weightSpecs: specs, weightData }),
    ).catch((error) => console.log(error.message));
    if (model) {
      const [kernel] = model.getLayer('stock').weights;
      console.log(JSON.stringify({
        names: model.layers.map((layer) => layer.getClassName()),
        constraint: kernel.constraint.getClassName(),
        losses: model.layers.flatMap((layer) => layer.calculateLosses()).length,
        output: [...model.predict(tf.tensor2d(input)).dataSync()],
      }));
    }`;
  const input = [[0.5, -1, 2]];

  async function files() {
    const model = tfl.sequential({
      layers: [
        subspaceLayer({ shape: [2, 2, 2], inputShape: [3], name: 'block_0' }),
        tfl.layers.flatten(),
        tfl.layers.dense({
          units: 3,
          name: 'stock',
          kernelInitializer: orthonormalInitializer(),
          kernelRegularizer: orthonormalityRegularizer(),
          kernelConstraint: orthonormalConstraint(),
        }),
      ],
    });
    const { modelTopology, weightSpecs, weightData } = await saved(model);
    const weights = Buffer.concat([weightData ?? []].flat().map((part) => new Uint8Array(part))).toString(
      'base64',
    );
    const json = JSON.stringify({ topology: modelTopology, specs: weightSpecs, weights, input });
    return { expected: output(model, tf.tensor2d(input)).dataSync(), files: { 'model.json': json } };
  }

  for (const minify of [false, true]) {
    it(`a saved model loads with this package imported (minified: ${minify})`, async () => {
      const { expected, files: given } = await files();
      const printed = await runInFreshProcess(program("import '@eigengan/subspace-layer';"), {
        minify,
        files: given,
      });
      const loaded = JSON.parse(printed.slice(printed.indexOf('{"names"')));
      expect(loaded.names[0]).toBe('eigengan/subspace-layer/SubspaceLayer');
      expect(loaded.constraint).toBe('eigengan/subspace-layer/OrthonormalConstraint');
      expect(loaded.losses).toBe(2);
      loaded.output.forEach((value: number, k: number) => {
        expect(value).toBeCloseTo(expected[k] ?? Number.NaN, 4);
      });
    });
  }

  it('without it, the error names the package to import', async () => {
    const { files: given } = await files();
    expect(await runInFreshProcess(program(''), { files: given })).toContain(
      'Unknown layer: eigengan/subspace-layer/SubspaceLayer',
    );
  });
});
