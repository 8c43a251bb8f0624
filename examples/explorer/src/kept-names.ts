/** Names of dimensions that this browser keeps for a model, by the fingerprint of its weights. */
export function keptNames(fingerprint: string): Readonly<Record<string, string>> | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(fingerprint)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    return Object.fromEntries(Object.entries(kept).filter(([, name]) => typeof name === 'string'));
  } catch {
    // No storage here, or something else lies in it.
    return undefined;
  }
}

export function keepNames(fingerprint: string, names: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(keyOf(fingerprint), JSON.stringify(names));
  } catch {
    // Full, or not allowed: the names stay in the page, and can be saved with the model.
  }
}

const keyOf = (fingerprint: string) => `eigengan-explorer/names/${fingerprint}`;
