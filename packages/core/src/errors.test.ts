import { describe, expect, it } from 'vitest';
import {
  ArgumentError,
  argumentError,
  EigenganError,
  formatError,
  missingPackage,
  TrainingError,
} from './index';

describe('errors', () => {
  it('read `where: rule, got value`', () => {
    const error = argumentError('generator: size', 'must be base * 2^n', 150);
    expect(error.message).toBe('generator: size: must be base * 2^n, got 150');
  });

  it('append the hint as a sentence and keep it apart as well', () => {
    const error = argumentError('loader', 'must be positive', -1, { hint: 'Try 32' });
    expect(error.message).toBe('loader: must be positive, got -1. Try 32');
    expect(error.hint).toBe('Try 32');
  });

  it('keep their names, so that a minifier cannot change them', () => {
    expect(argumentError('a', 'b', 1).name).toBe('ArgumentError');
    expect(formatError('a', 'b', 1).name).toBe('FormatError');
    expect(missingPackage('a', 'sharp').name).toBe('MissingPackageError');
    expect(new TrainingError('a').name).toBe('TrainingError');
    expect(new EigenganError('a').name).toBe('EigenganError');
  });

  it('are recognised across two copies of the package, and nothing else is', () => {
    const fromAnotherCopy = Object.assign(new Error('x'), { [Symbol.for('eigengan.error')]: true });
    expect(EigenganError.is(fromAnotherCopy)).toBe(true);
    expect(EigenganError.is(new ArgumentError('x'))).toBe(true);
    expect(EigenganError.is(new Error('x'))).toBe(false);
    expect(EigenganError.is(null)).toBe(false);
  });

  it('say what to install and keep what was caught', () => {
    const cause = new Error('Cannot find module');
    const error = missingPackage('imageFolder', 'sharp', cause);
    expect(error.message).toContain('npm i sharp');
    expect(error.cause).toBe(cause);
  });
});
