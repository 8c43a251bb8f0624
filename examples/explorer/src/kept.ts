import { type PinnedState, pinsFromText, pinsToText, stateToText } from '@eigengan/viz/explorer';

/** Names of dimensions that this browser keeps for a model, by the fingerprint of its weights. */
export function keptNames(fingerprint: string): Readonly<Record<string, string>> | undefined {
  try {
    const kept: unknown = JSON.parse(read('names', fingerprint) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    return Object.fromEntries(Object.entries(kept).filter(([, name]) => typeof name === 'string'));
  } catch {
    // Something else lies there.
    return undefined;
  }
}

export function keepNames(fingerprint: string, names: Readonly<Record<string, string>>): void {
  write('names', fingerprint, JSON.stringify(names));
}

/** Pins that this browser keeps for a model. */
export function keptPins(fingerprint: string): readonly PinnedState[] {
  return pinsFromText(read('pins', fingerprint) ?? '');
}

export function keepPins(fingerprint: string, pins: readonly PinnedState[]): void {
  write('pins', fingerprint, pinsToText(pins));
}

/** Both, each picture once; of two pins of one picture the first. */
export function joinedPins(
  first: readonly PinnedState[],
  second: readonly PinnedState[],
): readonly PinnedState[] {
  const seen = new Set<string>();
  return [...first, ...second].filter(({ state }) => {
    const text = stateToText(state);
    return !seen.has(text) && seen.add(text);
  });
}

function read(what: 'names' | 'pins', fingerprint: string): string | null {
  try {
    return localStorage.getItem(keyOf(what, fingerprint));
  } catch {
    // No storage here.
    return null;
  }
}

function write(what: 'names' | 'pins', fingerprint: string, text: string): void {
  try {
    localStorage.setItem(keyOf(what, fingerprint), text);
  } catch {
    // Full, or not allowed: it stays in the page, and goes with the model or the link.
  }
}

const keyOf = (what: string, fingerprint: string) => `eigengan-explorer/${what}/${fingerprint}`;
