import { EigenganError, FormatError, messageOf } from '@eigengan/core';

/** What says that the process, not the file, is the reason. */
const shortages = ['EMFILE', 'ENFILE', 'ENOMEM'];

/** A file that cannot be read, as damage of it; as no damage where the process is short of something. */
export function unreadable(name: string, cause: unknown): EigenganError {
  const reason = `${name}: cannot be read: ${messageOf(cause)}`;
  const short = cause instanceof Error && 'code' in cause && shortages.includes(String(cause.code));
  return short ? new EigenganError(reason, { cause }) : new FormatError(reason, { cause });
}
