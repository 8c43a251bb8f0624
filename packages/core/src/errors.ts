import { describeValue } from './describe-value';

/** Marks our errors, so that two copies of this package still recognise each other's. */
const marker = Symbol.for('eigengan.error');

export interface EigenganErrorOptions {
  /** What was caught. */
  readonly cause?: unknown;
  /** What to do about it, in one sentence. */
  readonly hint?: string | undefined;
}

/** The base of every error that the packages throw on purpose. */
export class EigenganError extends Error {
  readonly [marker] = true;
  readonly hint: string | undefined;

  constructor(message: string, options: EigenganErrorOptions = {}) {
    super(
      options.hint === undefined ? message : `${message}. ${options.hint}`,
      'cause' in options ? { cause: options.cause } : undefined,
    );
    this.hint = options.hint;
    // A literal, because minifiers rename classes.
    Object.defineProperty(this, 'name', { value: 'EigenganError', configurable: true, writable: true });
  }

  /** Whether `error` is one of ours, also when it comes from another copy of this package. */
  static is(error: unknown): error is EigenganError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

/** A caller's argument breaks a rule. */
export class ArgumentError extends EigenganError {
  constructor(message: string, options?: EigenganErrorOptions) {
    super(message, options);
    this.name = 'ArgumentError';
  }
}

/** A file or a byte array is not what it should be. */
export class FormatError extends EigenganError {
  constructor(message: string, options?: EigenganErrorOptions) {
    super(message, options);
    this.name = 'FormatError';
  }
}

/** An optional package is needed and not installed. */
export class MissingPackageError extends EigenganError {
  constructor(message: string, options?: EigenganErrorOptions) {
    super(message, options);
    this.name = 'MissingPackageError';
  }
}

/** Training cannot start, or must not go on. */
export class TrainingError extends EigenganError {
  constructor(message: string, options?: EigenganErrorOptions) {
    super(message, options);
    this.name = 'TrainingError';
  }
}

/** `where: rule, got value` as an error about an argument. */
export function argumentError(
  where: string,
  rule: string,
  got: unknown,
  options?: EigenganErrorOptions,
): ArgumentError {
  return new ArgumentError(`${where}: ${rule}, got ${describeValue(got)}`, options);
}

/** `where: rule, got value` as an error about a file's content. */
export function formatError(
  where: string,
  rule: string,
  got: unknown,
  options?: EigenganErrorOptions,
): FormatError {
  return new FormatError(`${where}: ${rule}, got ${describeValue(got)}`, options);
}

/** Says which package `where` needs and how to install it. */
export function missingPackage(where: string, packageName: string, cause?: unknown): MissingPackageError {
  return new MissingPackageError(`${where}: needs the package ${packageName}, which could not be loaded`, {
    cause,
    hint: `Install it with: npm i ${packageName}`,
  });
}
