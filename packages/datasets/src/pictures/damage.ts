import { EigenganError } from '@eigengan/core';

/** What an error says of a picture, without its name and the archive's before it. */
export function withoutName(name: string, message: string): string {
  const at = `: ${message}`.indexOf(`: ${name}: `);
  return at < 0 ? message : message.slice(at + name.length + 2);
}

/** Whether a read failed because the picture is damaged, and not for want of something else. */
export function isDamage(error: unknown): error is EigenganError {
  // By name, as it may come from another copy of core.
  return EigenganError.is(error) && error.name === 'FormatError';
}
