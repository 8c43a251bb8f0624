import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import { modelFolder } from '@eigengan/core/node';
import { loadGenerator, saveGenerator } from '@eigengan/eigengan-model';

// Makes a saved model (`runs/portraits-001/model`) the one that the page opens with: its weights in one byte
// each. What it is called in the page: --names '{"block_3/0": "background"}'.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { names: { type: 'string', default: '{}' }, out: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Usage: npm run bundle-model -- <model folder> [--names JSON]');
const target = values.out ?? fileURLToPath(new URL('../public/model', import.meta.url));

const generator = await loadGenerator(modelFolder(folder));
await rm(target, { recursive: true, force: true });
await saveGenerator(generator, modelFolder(target), {
  quantization: 'uint8',
  dimensionNames: JSON.parse(values.names),
});
for (const name of ['model.json', 'weights.bin']) {
  const { size } = await stat(join(target, name));
  console.log(`${join(target, name)}: ${(size / 1e6).toFixed(2)} MB`);
}
