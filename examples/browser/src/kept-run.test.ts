import { describe, expect, it } from 'vitest';
import { describeKeptRun, type KeptRun, readKeptRun, writeKeptRun } from './kept-run';

const run: KeptRun = {
  settings: { backend: 'wasm', threads: 2, size: 32, width: 0.5, batch: 16, seed: 7 },
  ownPictures: 0,
  time: Date.UTC(2026, 10, 28, 12),
  curves: { points: [[1.5, 0.5]], stepsPerPoint: 2 },
};

function storage(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

describe('the run that a browser keeps', () => {
  it('is read as it was written', () => {
    const place = storage();
    writeKeptRun(run, place);
    expect(readKeptRun(place)).toEqual(run);
  });

  it.each([null, '', '{', 'null', '[]', '{"settings":{}}', JSON.stringify({ ...run, curves: {} })])(
    'is none where %j was written',
    (text) => expect(readKeptRun(storage(text))).toBeUndefined(),
  );

  it('is described by step, settings and date', () => {
    expect(describeKeptRun(run, 120)).toMatch(/^Step 120, 32 px, batch 16, seed 7, from .*2026.*\.$/);
    expect(describeKeptRun({ ...run, ownPictures: 40 }, 1)).toContain('your 40 pictures (choose them again)');
  });
});
