import { writeFile } from 'node:fs/promises';
import { EigenganError } from '@eigengan/core';
import { contactSheet, describeInspection, inspect } from '@eigengan/datasets';
import { encodePng } from '@eigengan/viz';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { openImages } from './data';

const command = new Command('inspect')
  .description('Says what to know of a folder of images, or an IDX file, before training.')
  .argument('<path>', 'folder or file')
  .option('--size <pixels>', 'height and width that training will want', Number, 64)
  .option('--sheet <file>', 'draw images as the network will see them, as PNG')
  .parse();
const [path = ''] = command.args;
const { size, sheet } = command.opts<{ size: number; sheet?: string }>();
const bar = new SingleBar({ format: '{bar} {value}/{total} images read' }, Presets.shades_classic);
try {
  const source = await openImages(path, size);
  if (process.stderr.isTTY) bar.start(source.length, 0);
  const found = await inspect(source, { onProgress: (done) => bar.update(done) });
  bar.stop();
  console.log(describeInspection(found));
  if (sheet !== undefined && found.sheet.length > 0) {
    await writeFile(sheet, await encodePng(contactSheet(found.sheet)));
    console.log(`${sheet}: ${found.sheet.length} of them`);
  }
  if ('close' in source) await source.close();
} catch (error) {
  bar.stop();
  // An error of ours, or of data.ts, says all in its message; anything else is a bug and shows where.
  const expected = EigenganError.is(error) || (error instanceof Error && error.message.startsWith('--'));
  console.error(expected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
