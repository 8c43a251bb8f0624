import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parseOptions } from './options';

const parse = (...args: string[]) => parseOptions(args, { exitOverride: true });

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parse()).toMatchObject({ size: 32, seed: 1, backend: 'wasm' });
    expect(parse().data).toBeUndefined();
  });

  it('stops after some minutes unless it is told how many steps', () => {
    expect(parse().minutes).toBe(4);
    expect(parse('--steps', '9').minutes).toBeUndefined();
    expect(parse('--steps', '9', '--minutes', '1').minutes).toBe(1);
  });

  it('uses the cores there are, unless it is told how many threads', () => {
    expect(parse().threads).toBe(Math.min(8, availableParallelism()));
    expect(parse('--threads', '3').threads).toBe(3);
  });

  it('knows what was typed', () => {
    expect([...parse('--size', '32').given]).toEqual(['size']);
  });

  it('takes every option', () => {
    const options = parse(
      '--data',
      'photos',
      '--size',
      '64',
      '--steps',
      '7',
      '--batch',
      '8',
      '--minutes',
      '2.5',
    );
    expect(options).toMatchObject({ data: 'photos', size: 64, steps: 7, batch: 8, minutes: 2.5 });
  });

  it.each([
    ['--size', '0'],
    ['--size', 'big'],
    ['--steps', '1.5'],
    ['--steps', ''],
    ['--batch', '-1'],
    ['--seed', '-1'],
    ['--threads', '0'],
    ['--threads', '9'],
    ['--minutes', '0'],
    ['--minutes', 'NaN'],
    ['--backend', 'wsam'],
    ['--unknown', '1'],
  ])('refuses %s %s', (name, value) => {
    expect(() => parse(name, value)).toThrow();
  });

  it('refuses a folder to resume and another to write to', () => {
    expect(() => parse('--out', 'a', '--resume', 'b')).toThrow('exclude each other');
  });
});
