import { EigenganError } from '@eigengan/core';

/** Whether a read failed because the picture is damaged, and not for want of something else. */
export function isDamage(error: unknown): error is EigenganError {
  // By name, as it may come from another copy of core.
  return EigenganError.is(error) && error.name === 'FormatError';
}
