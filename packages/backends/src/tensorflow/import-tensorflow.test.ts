import { describe, expect, test } from 'vitest';
import { importTensorflow } from './import-tensorflow';

const cpu = { version: { 'tfjs-node': 'cpu' } };
const gpu = { version: { 'tfjs-node': 'gpu' } };

/** Imports what is given by name; an error is thrown, what is absent cannot be found. */
const importing = (found: Record<string, unknown>) => async (name: string) => {
  if (!(name in found)) throw new Error(`Cannot find package '${name}' imported from /project/main.mjs`);
  if (found[name] instanceof Error) throw found[name];
  return found[name];
};

describe('importTensorflow', () => {
  test('takes tfjs-node, and tfjs-node-gpu where that is installed too', async () => {
    expect(await importTensorflow(importing({ '@tensorflow/tfjs-node': cpu }))).toBe(cpu);
    expect(
      await importTensorflow(importing({ '@tensorflow/tfjs-node': cpu, '@tensorflow/tfjs-node-gpu': gpu })),
    ).toBe(gpu);
  });

  test('takes tfjs-node where tfjs-node-gpu does not load', async () => {
    const found = { '@tensorflow/tfjs-node': cpu, '@tensorflow/tfjs-node-gpu': new Error('no CUDA') };
    expect(await importTensorflow(importing(found))).toBe(cpu);
  });

  test('says what to install, and what to do where the download is blocked', async () => {
    await expect(importTensorflow(importing({}))).rejects.toMatchObject({
      name: 'MissingPackageError',
      message: expect.stringMatching(/npm i @tensorflow\/tfjs-node\. .*blocked: tests\/native\/install\.sh/),
    });
  });

  test('knows a package that is not installed in the words of a test runner too', async () => {
    const vite = (wanted: string) =>
      Promise.reject(new Error(`Failed to load url ${wanted} (resolved id: x)`));
    await expect(importTensorflow(vite)).rejects.toMatchObject({ name: 'MissingPackageError' });
  });

  test('says that the native binding is missing', async () => {
    const cause = new Error(
      'The Node.js native addon module (tfjs_binding.node) can not be found at path: /project/tfjs_binding.node.',
    );
    await expect(importTensorflow(importing({ '@tensorflow/tfjs-node': cause }))).rejects.toMatchObject({
      name: 'EigenganError',
      message: expect.stringMatching(
        /^useBackend: @tensorflow\/tfjs-node is installed without its native binding.*npm rebuild @tensorflow\/tfjs-node/,
      ),
      cause,
    });
  });

  test.each([
    'libtensorflow.so.2: cannot open shared object file: No such file or directory',
    "Cannot find module '@tensorflow/tfjs'\nRequire stack:\n- /project/node_modules/@tensorflow/tfjs-node/dist/index.js",
  ])('gives the reason of a package that is installed and does not load: %s', async (message) => {
    const found = { '@tensorflow/tfjs-node': new Error(message) };
    await expect(importTensorflow(importing(found))).rejects.toMatchObject({
      name: 'EigenganError',
      message: `useBackend: @tensorflow/tfjs-node does not load: ${message.split('\n')[0]}`,
    });
  });
});
