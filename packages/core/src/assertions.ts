import { argumentError } from './errors';

/** Refuses what is not an integer in `[min, max]`. */
export function assertInteger(
  where: string,
  value: unknown,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): asserts value is number {
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max) return;
  const bounds = [
    min === Number.MIN_SAFE_INTEGER ? '' : ` of at least ${min}`,
    max === Number.MAX_SAFE_INTEGER ? '' : ` of at most ${max}`,
  ].filter(Boolean);
  throw argumentError(where, `must be an integer${bounds.join(' and')}`, value);
}

/** Refuses what is not a finite number in the stated range. */
export function assertFinite(
  where: string,
  value: unknown,
  { min, max, exclusiveMin }: { min?: number; max?: number; exclusiveMin?: number } = {},
): asserts value is number {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (exclusiveMin === undefined || value > exclusiveMin);
  if (fits) return;
  const bounds = [
    min === undefined ? '' : ` of at least ${min}`,
    exclusiveMin === undefined ? '' : ` above ${exclusiveMin}`,
    max === undefined ? '' : ` of at most ${max}`,
  ].filter(Boolean);
  throw argumentError(where, `must be a finite number${bounds.join(' and')}`, value);
}

/** Refuses what is not in `allowed`, naming the nearest valid value. */
export function assertOneOf<T extends string>(
  where: string,
  value: unknown,
  allowed: readonly T[],
): asserts value is T {
  if (allowed.some((candidate) => candidate === value)) return;
  const nearest = typeof value === 'string' ? nearestOf(value, allowed) : undefined;
  throw argumentError(where, `must be one of ${allowed.join(', ')}`, value, {
    hint: nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
  });
}

/** Refuses options of an unknown name, which would be ignored, naming the nearest known one. */
export function assertFields(where: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestOf(name, known);
    throw argumentError(where, `must have no options but ${known.join(', ')}`, name, {
      hint: nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
    });
  }
}

function nearestOf<T extends string>(value: string, allowed: readonly T[]): T | undefined {
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: editDistance(value.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, value.length / 2) ? best.candidate : undefined;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
