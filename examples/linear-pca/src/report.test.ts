import { expect, test } from 'vitest';
import { parseOptions } from './options';
import { comparisonPng, progressLine, table } from './report';

const comparison = {
  directions: [
    { place: 1, cosine: 0.99951, importance: 2.98, deviation: 3.01, error: 0.00997 },
    { place: 2, cosine: 1, importance: 1.2, deviation: 1.2, error: 0 },
  ],
  cosines: [
    [0.99951, 0.01],
    [0.02, 1],
  ],
  minCosine: 0.99951,
  maxError: 0.00997,
  originDistance: 0.0123,
};

test('the table has a line a direction', () => {
  expect(table(comparison, [3, 1.25])).toMatchInlineSnapshot(`
    "direction    |cos|   |importance|   deviation   of the law    error
            1   0.9995          2.980       3.010        3.000   1.00 %
            2   1.0000          1.200       1.200        1.250   0.00 %
    The learned origin is 0.012 from the mean of the data."
  `);
});

test('a progress line says how far it has come', () => {
  expect(progressLine(50, 6000, comparison)).toBe(
    'step   50 of 6000   smallest |cos| 0.9995   largest error   1.0 %',
  );
});

test('the picture is a PNG file', async () => {
  const bytes = await comparisonPng(comparison, 'seed 1');
  expect([...bytes.subarray(1, 4)]).toEqual([...'PNG'].map((letter) => letter.charCodeAt(0)));
});

test('the command line has defaults and refuses what it does not know', () => {
  expect(parseOptions([])).toMatchObject({ steps: 6000, seed: 1, backend: 'wasm', help: false });
  expect(parseOptions(['--steps', '10', '--seed=0', '--out', '/tmp/x', '--backend', 'cpu'])).toEqual({
    steps: 10,
    seed: 0,
    out: '/tmp/x',
    backend: 'cpu',
    orthonormality: 'regularizer',
    help: false,
  });
  expect(() => parseOptions(['--steps', 'many'])).toThrow('--steps: must be a number, got "many"');
  expect(() => parseOptions(['--steps', '0'])).toThrow('--steps: must be an integer of at least 1, got 0');
  expect(() => parseOptions(['--stpes', '3'])).toThrow("Unknown option '--stpes'");
  expect(parseOptions(['--orthonormality', 'gram-schmidt']).orthonormality).toBe('gram-schmidt');
  expect(() => parseOptions(['--backend', 'wsm'])).toThrow('Did you mean "wasm"?');
});
