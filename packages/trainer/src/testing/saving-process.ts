// Run by kill.test.ts, bundled, in a process of its own: `<folder> <file>` saves the checkpoint in the file as
// that of one step after another, as fit does, and says each step that is saved, until it is killed.
import { readFileSync, writeSync } from 'node:fs';
import { decodeWhole, encodeCheckpoint, readMetadata } from '../checkpoint/checkpoint-format';
import { openSaver } from '../checkpoint/checkpoint-saver';
import { fileStore } from '../checkpoint/file-store';

const [folder = '', path = ''] = process.argv.slice(2);
const file = decodeWhole(readFileSync(path));
const content = readMetadata(file);
const store = fileStore(folder);
const trainer = {
  stepCount: (await store.list()).at(-1)?.step ?? 0,
  checkpoint: async () => encodeCheckpoint(file.tensors, { ...content, step: trainer.stepCount }),
};
const saver = await openSaver(trainer, { every: 1, store, keepLast: 2 }, async (work) => work);
// Not console.log: what a pipe holds back dies with the process.
const say = (text: string) => writeSync(1, `${text}\n`);
say('ready');
for (;;) {
  trainer.stepCount++;
  await saver.save({}, {});
  say(String(trainer.stepCount));
}
