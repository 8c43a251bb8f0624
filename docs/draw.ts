import { writeFile } from 'node:fs/promises';
import { useBackend } from '@eigengan/backends';
import { modelFolder } from '@eigengan/core/node';
import { type ActiveDimension, dimensionActivity, loadGenerator, traverse } from '@eigengan/eigengan-model';
import { encodePng, traversalSheet } from '@eigengan/viz';

// Draws the README's pictures from a run of the demo:
// npx tsx docs/draw.ts runs/portraits-001/model docs/traversal.png
const [folder, path] = process.argv.slice(2);
if (folder === undefined || path === undefined) {
  throw new Error('docs/draw.ts: needs the folder of a saved model, and the picture to write');
}
await useBackend('wasm');
const generator = await loadGenerator(modelFolder(folder));
const values = [-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3];

const mostActive = new Map<number, ActiveDimension[]>();
for (const dimension of await dimensionActivity(generator)) {
  mostActive.set(dimension.block, [...(mostActive.get(dimension.block) ?? []), dimension]);
}
const rows = [...mostActive.values()]
  .flatMap((block) => block.sort((a, b) => b.activity - a.activity).slice(0, 3))
  .map((dimension) => ({
    label: {
      layer: dimension.block,
      rank: dimension.place + 1,
      importance: dimension.importance,
      activity: dimension.activity,
    },
    images: traverse(generator, dimension, { values }),
  }));
const title = "The three most active dimensions of each layer's subspace";
await writeFile(path, await encodePng(await traversalSheet(rows, { values, title })));
