import { argumentError, EigenganError, missingPackage } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseBackend, type RunningBackend } from './auto-backend';
import type { BackendName } from './backend-module';
import { useBackend } from './index';

const gpu: RunningBackend = {
  threads: 1,
  simd: false,
  device: 'Fast 9000',
  software: false,
  floatPrecision: 32,
};

/** Starts what is given: a description is shown, an error thrown, an absent backend is not installed. */
function using(found: Partial<Record<BackendName, RunningBackend | Error>>) {
  return async (name: BackendName, accept: (running: RunningBackend) => void) => {
    const backend = found[name] ?? missingPackage('useBackend', `package-of-${name}`);
    if (backend instanceof Error) throw backend;
    accept(backend);
    return name;
  };
}

const inBrowser = () => vi.spyOn(tf.env(), 'getBool').mockImplementation((flag) => flag !== 'IS_NODE');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('chooseBackend', () => {
  const all = { webgpu: gpu, webgl: gpu, tensorflow: gpu, wasm: gpu, cpu: gpu };

  test('takes a GPU first, and tries nothing after it', async () => {
    expect(await chooseBackend(using(all))).toEqual({ chosen: 'webgpu', passedOver: [] });
  });

  test('in Node goes on to tensorflow, wasm and cpu, and never asks for webgl', async () => {
    const tried: string[] = [];
    const none = async (name: BackendName) => {
      tried.push(name);
      throw new Error('no');
    };
    await expect(chooseBackend(none)).rejects.toThrow();
    expect(tried).toEqual(['webgpu', 'tensorflow', 'wasm', 'cpu']);
    const { webgpu, ...withoutGpu } = all;
    expect((await chooseBackend(using(withoutGpu))).chosen).toBe('tensorflow');
    expect((await chooseBackend(using({ wasm: gpu, cpu: gpu }))).chosen).toBe('wasm');
    expect((await chooseBackend(using({ cpu: gpu }))).chosen).toBe('cpu');
  });

  test('in a browser goes on to webgl, wasm and cpu, and never asks for tensorflow', async () => {
    inBrowser();
    const tried: string[] = [];
    const none = async (name: BackendName) => {
      tried.push(name);
      throw new Error('no');
    };
    await expect(chooseBackend(none)).rejects.toThrow();
    expect(tried).toEqual(['webgpu', 'webgl', 'wasm', 'cpu']);
  });

  test('passes over a GPU that a program plays', async () => {
    inBrowser();
    const software = { ...gpu, device: 'SwiftShader', software: true };
    expect(await chooseBackend(using({ ...all, webgpu: software }))).toEqual({
      chosen: 'webgl',
      passedOver: [{ backend: 'webgpu', reason: 'a program plays the GPU (SwiftShader), slower than wasm' }],
    });
  });

  test('passes over a GPU that computes in 16 bits', async () => {
    inBrowser();
    const half = { ...gpu, floatPrecision: 16 } as const;
    expect(await chooseBackend(using({ wasm: gpu, webgl: half }))).toMatchObject({
      chosen: 'wasm',
      passedOver: [
        { backend: 'webgpu' },
        { backend: 'webgl', reason: 'it computes in 16 bits, training wants 32' },
      ],
    });
  });

  test('passes over what is not installed, does not start or computes wrong numbers, and says which', async () => {
    const wrong = new EigenganError(
      'useBackend: tensorflow must agree with plain loops to 0.0001, got 2 in tanh',
    );
    expect(await chooseBackend(using({ tensorflow: wrong, wasm: new Error('no memory'), cpu: gpu }))).toEqual(
      {
        chosen: 'cpu',
        passedOver: [
          {
            backend: 'webgpu',
            reason:
              'needs the package package-of-webgpu, which could not be loaded. Install it with: npm i package-of-webgpu',
          },
          {
            backend: 'tensorflow',
            reason: 'tensorflow must agree with plain loops to 0.0001, got 2 in tanh',
          },
          { backend: 'wasm', reason: 'no memory' },
        ],
      },
    );
  });

  test('gives every reason when nothing can train', async () => {
    await expect(chooseBackend(using({ cpu: new Error('no loops') }))).rejects.toThrow(
      /^useBackend: auto needs a backend that can train here, got none: webgpu: needs .*; cpu: no loops$/,
    );
  });

  test("throws the caller's own mistake instead of passing over every backend", async () => {
    const mistake = argumentError('useBackend threads', 'must be an integer', 0.5);
    await expect(chooseBackend(using({ ...all, webgpu: mistake }))).rejects.toBe(mistake);
  });
});

describe('a backend that was started and is not taken', () => {
  /** Registers a `webgpu` that computes as cpu does and notes its end. */
  function fakeGpu() {
    const dispose = vi.fn();
    const start = vi.fn(() => Object.assign(Object.create(tf.findBackend('cpu')), { dispose }));
    tf.registerBackend('webgpu', start, 7);
    return { start, dispose };
  }

  const software = async (name: BackendName, accept: (running: RunningBackend) => void) => {
    await tf.setBackend(name);
    accept({ ...gpu, software: name === 'webgpu' });
    return name;
  };

  afterEach(() => tf.removeBackend('webgpu'));

  test('is stopped, and can be started again', async () => {
    const { start, dispose } = fakeGpu();
    await chooseBackend(async (name, accept) => software(name === 'webgpu' ? name : 'cpu', accept));
    expect(dispose).toHaveBeenCalledOnce();
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.engine().registry).not.toHaveProperty('webgpu');
    expect(tf.engine().registryFactory.webgpu).toEqual({ factory: start, priority: 7 });
    expect(await tf.setBackend('webgpu')).toBe(true);
    expect(start).toHaveBeenCalledTimes(2);
  });

  test('is left running when it ran before, with what it holds', async () => {
    const { dispose } = fakeGpu();
    await tf.setBackend('webgpu');
    await chooseBackend(async (name, accept) => software(name === 'webgpu' ? name : 'cpu', accept));
    expect(dispose).not.toHaveBeenCalled();
  });

  test('gives way to the one that was current, when nothing can train', async () => {
    fakeGpu();
    await tf.setBackend('cpu');
    await expect(
      chooseBackend(async (name) => {
        await tf.setBackend('webgpu');
        throw new Error(`${name} fails`);
      }),
    ).rejects.toThrow();
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe("useBackend('auto')", () => {
  test('takes a backend that trains here, says what it passed over, and takes the same again', async () => {
    const report = await useBackend('auto');
    expect(['webgpu', 'tensorflow', 'wasm']).toContain(report.backend);
    expect(tf.getBackend()).toBe(report.backend);
    expect(report).toMatchObject({ software: false, floatPrecision: 32, selfTest: { passed: true } });
    const again = await useBackend('auto');
    expect(again.backend).toBe(report.backend);
    expect(again.passedOver.map(({ backend }) => backend)).toEqual(
      report.passedOver.map(({ backend }) => backend),
    );
    expect(tf.memory().numTensors).toBe(0);
  });

  test('passes over nothing where a backend is named', async () => {
    expect((await useBackend('cpu')).passedOver).toEqual([]);
  });
});
