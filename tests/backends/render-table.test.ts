import { describe, expect, it } from 'vitest';
import { renderTable, tableRows } from './render-table';
import type { BackendResult } from './results';

const results = tableRows.map(
  ({ variant, place }, i): BackendResult => ({
    variant,
    place,
    where: `${place} 1`,
    device: 'CPU',
    software: false,
    threads: 1,
    trains: true,
    secondOrder: { passed: 9, total: 10 },
    largestDifference: { error: 1.26e-6, at: 'conv2d' },
    milliseconds: 100 * (i + 1),
  }),
);

const linesOf = (table: string) => table.split('\n').slice(2);

describe('the table of backends', () => {
  it('has a line for each backend in each place, with times relative to wasm in the same place', () => {
    const lines = linesOf(renderTable(results));
    expect(lines).toHaveLength(tableRows.length);
    expect(lines[0]).toBe('| `cpu` | Node 1 | CPU | yes | 9 of 10 | 1 |  | 0.50 |');
    expect(lines[1]).toBe('| `wasm` | Node 1 | CPU | yes | 9 of 10 | 1 | 1e-6 in conv2d | 1.0 |');
    const chromium = lines.filter((line) => line.includes('Chromium'));
    expect(chromium[0]).toMatch(/^\| `wasm` .* 1\.0 \|$/);
  });

  it('writes a time of a hundred and more without an exponent', () => {
    const [first, ...others] = results.map((result) => ({ ...result, milliseconds: 7 }));
    if (first === undefined) throw new Error('no results');
    const [line] = linesOf(renderTable([{ ...first, milliseconds: 1234 }, ...others]));
    expect(line).toMatch(/ 180 \|$/);
  });

  it('says why a backend was not tested', () => {
    const [first, ...others] = results;
    if (first === undefined) throw new Error('no results');
    const { variant, place, where } = first;
    const skipped = { variant, place, where, skipped: 'not installed' };
    expect(linesOf(renderTable([skipped, ...others]))[0]).toContain('not tested: not installed');
  });

  it('refuses to be made without one of them', () => {
    expect(() => renderTable(results.slice(1))).toThrow('the suite wrote no result of cpu in Node');
  });
});
