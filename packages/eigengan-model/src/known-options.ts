import { assertOneOf } from '@eigengan/core';

/**
 * Refuses options that there are not, which would otherwise be silently left at their defaults.
 *
 * @param names every option there is; a record, so that the compiler sees that none is missing
 */
export function assertKnownOptions<T extends object>(
  where: string,
  options: T,
  names: Readonly<Record<keyof T & string, true>>,
): void {
  for (const name of Object.keys(options)) assertOneOf(`${where}: option`, name, Object.keys(names));
}
