import { type ExplorerState, initialState } from './explorer-state';

/** Digits after the point that a moved coordinate keeps. */
const decimals = 3;

/**
 * A state as a text for an address's hash, such as `seed=7&t=2&z=block_3/0:1.5,block_1/2:-0.4`. Values are
 * rounded to thousandths.
 */
export function stateToText({ seed, truncation, moved }: ExplorerState): string {
  const parts = [`t=${short(truncation)}`];
  if (seed !== undefined) parts.unshift(`seed=${seed}`);
  const moves = Object.entries(moved).map(
    ([id, value]) => `${escaped(id).replaceAll('%2F', '/')}:${short(value)}`,
  );
  if (moves.length > 0) parts.push(`z=${moves.join(',')}`);
  return parts.join('&');
}

/**
 * The state of a text that `stateToText` wrote, with or without a leading `#`; undefined when it is none. What
 * it cannot read of one it leaves out: an address may come from anywhere.
 */
export function stateFromText(text: string): ExplorerState | undefined {
  const fields = new Map(
    text
      .replace(/^#/, '')
      .split('&')
      .map((part) => {
        const [key = '', ...value] = part.split('=');
        return [key, value.join('=')];
      }),
  );
  if (!fields.has('seed') && !fields.has('t') && !fields.has('z')) return undefined;
  const seed = numberOf(fields.get('seed'));
  const moved: Record<string, number> = {};
  for (const move of fields.get('z')?.split(',') ?? []) {
    const [id = '', value] = move.split(':');
    const number = numberOf(value);
    const name = unescaped(id);
    if (number !== undefined && name !== '' && name !== '__proto__') moved[name] = number;
  }
  return {
    ...(Number.isSafeInteger(seed) && (seed ?? -1) >= 0 ? { seed } : {}),
    truncation: Math.min(3, Math.max(0, numberOf(fields.get('t')) ?? initialState.truncation)),
    moved,
  };
}

const short = (value: number) => String(Number(value.toFixed(decimals)));

/** A text fit for an address; half of a surrogate pair, which is fit for none, becomes U+FFFD. */
export function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** A text that `escaped` made; empty where it is none. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
