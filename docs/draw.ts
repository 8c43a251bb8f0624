import { useBackend } from '@eigengan/backends';
import { modelFolder } from '@eigengan/core/node';
import { type ActiveDimension, dimensionActivity, loadGenerator } from '@eigengan/eigengan-model';
import { drawTraversals } from '../examples/train-node/src/pictures';

// Draws the README's pictures from a run of the demo:
// npx tsx docs/draw.ts runs/portraits-001/model docs/traversal.png
const [folder, path] = process.argv.slice(2);
if (folder === undefined || path === undefined) {
  throw new Error('docs/draw.ts: needs the folder of a saved model, and the picture to write');
}
await useBackend('wasm');
const generator = await loadGenerator(modelFolder(folder));
const mostActive = new Map<number, ActiveDimension[]>();
for (const dimension of await dimensionActivity(generator)) {
  mostActive.set(dimension.block, [...(mostActive.get(dimension.block) ?? []), dimension]);
}
const shown = [...mostActive.values()].flatMap((block) =>
  block.sort((a, b) => b.activity - a.activity).slice(0, 3),
);
await drawTraversals(generator, "The three most active dimensions of each layer's subspace", path, shown);
