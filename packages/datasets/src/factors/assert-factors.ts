import { argumentError, assertFinite, assertInteger } from '@eigengan/core';
import type { FactorRanges } from './factor-source';

/**
 * @param whole the factors that take whole numbers only
 * @throws ArgumentError when a factor is missing, unknown, not finite or out of its range
 */
export function assertFactors<Factors extends object>(
  where: string,
  factors: Factors,
  ranges: FactorRanges<Factors>,
  whole: readonly string[] = [],
): void {
  const names = Object.keys(ranges);
  if (typeof factors !== 'object' || factors === null) {
    throw argumentError(where, `factors must be an object of ${names.join(', ')}`, factors);
  }
  for (const [name, [min, max]] of Object.entries<readonly [number, number]>(ranges)) {
    const at = `${where}: factors.${name}`;
    const value: unknown = Reflect.get(factors, name);
    if (whole.includes(name)) assertInteger(at, value, { min, max });
    else assertFinite(at, value, { min, max });
  }
  for (const name of Object.keys(factors)) {
    if (!names.includes(name)) throw argumentError(where, `factors are ${names.join(', ')}`, name);
  }
}
