import { parseArgs } from 'node:util';
import { useBackend } from '@eigengan/backends';
import { modelFolder } from '@eigengan/core/node';
import { type ActiveDimension, dimensionActivity, loadGenerator } from '@eigengan/eigengan-model';
import { traversalSheet } from '@eigengan/viz';
import sharp from 'sharp';
import { traversalRows, traversalValues } from '../examples/train-node/src/pictures';

// Draws pictures of READMEs: the most active dimensions of each layer of a saved model, at the mode.
// npx tsx docs/draw.ts runs/portraits-001/model docs/traversal.png
// npx tsx docs/draw.ts examples/explorer/public/model examples/portraits-model/docs/traversal.png --count 6 --scale 1
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '3' }, scale: { type: 'string' } },
});
const [folder, path] = positionals;
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
  block.sort((a, b) => b.activity - a.activity).slice(0, Number(values.count)),
);
const sheet = await traversalSheet(traversalRows(generator, shown), {
  values: traversalValues,
  title: `The ${values.count} most active dimensions of each layer's subspace`,
  scale: values.scale === undefined ? undefined : Number(values.scale),
});
const { width, height } = sheet;
// A quarter of the bytes with 256 colors.
await sharp(sheet.data, { raw: { width, height, channels: 4 } })
  .png({ palette: true })
  .toFile(path);
