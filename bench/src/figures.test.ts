import { expect, test } from 'vitest';
import type { Contender } from './contender';
import { figuresOf, type Measurement } from './figures';
import { median } from './statistics';
import { WorkTimes } from './work-times';

function measured(step: number, peakBytes: number): Contender {
  const times = new WorkTimes();
  times.add([
    { step, dStep: 1 },
    { step, r1Step: 1 },
  ]);
  return { times, peakBytes } as Contender;
}

function measurement(threads: number, ms: number, plainMs: number): Measurement {
  return {
    name: '32',
    works: new Set(['step']),
    threads,
    rounds: 1,
    milliseconds: ({ times }, work) => times.milliseconds(work, median),
    backends: new Map([['wasm', measured(ms, 300)]]),
    peers: new Map([
      ['plain', measured(plainMs, 600)],
      ['folded', measured(90, 700)],
    ]),
  };
}

test('figures are the share of the plain peer with as many threads, and what two threads bring', () => {
  expect(figuresOf([measurement(1, 200, 100), measurement(2, 125, 80)])).toEqual({
    wasm: {
      '1': {
        step32: { ms: 200, peerMs: 100, foldedPeerMs: 90, ratio: 0.5 },
        memory32: { bytes: 300, peerBytes: 600, ratio: 0.5 },
      },
      '2': {
        step32: { ms: 125, peerMs: 80, foldedPeerMs: 90, ratio: 0.64 },
        memory32: { bytes: 300, peerBytes: 600, ratio: 0.5 },
      },
    },
    twoThreads: { wasm: { step32: 1.6 }, plain: { step32: 1.25 }, folded: { step32: 1 } },
  });
});

test('without a peer there are milliseconds alone', () => {
  const alone = { ...measurement(1, 200, 100), peers: new Map() };
  expect(figuresOf([alone])).toEqual({
    wasm: {
      '1': {
        step32: { ms: 200, peerMs: null, foldedPeerMs: null, ratio: null },
        memory32: { bytes: 300, peerBytes: null, ratio: null },
      },
    },
  });
});
