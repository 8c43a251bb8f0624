import { EigenganError } from '@eigengan/core';

/** What an error says, without the name that it begins with. */
export function withoutName(name: string, message: string): string {
  const prefix = `${name}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

/** Whether a read failed because the picture is damaged, and not for want of something else. */
export function isDamage(error: unknown): error is EigenganError {
  // By name, as it may come from another copy of core.
  return EigenganError.is(error) && error.name === 'FormatError';
}
