/** Pages by their keys, the last used ones kept as long as all take no more than `most` bytes. */
export interface PageCache<T extends { readonly bytes: number }> {
  /** The page of `key`, which `make` makes if it is not kept; made once, however many ask meanwhile. */
  get(key: string, make: () => Promise<T>): Promise<T>;
  clear(): void;
}

export function pageCache<T extends { readonly bytes: number }>(most: number): PageCache<T> {
  // A map's order is that of use: what is used goes to its end.
  const kept = new Map<string, { readonly page: Promise<T>; bytes: number }>();
  let total = 0;
  const forgetOldest = (): void => {
    for (const [key, { bytes }] of kept) {
      if (total <= most) return;
      kept.delete(key);
      total -= bytes;
    }
  };
  return {
    get: async (key, make) => {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known.page;
      }
      const entry = { page: make(), bytes: 0 };
      kept.set(key, entry);
      try {
        const { bytes } = await entry.page;
        if (kept.get(key) === entry) {
          entry.bytes = bytes;
          total += bytes;
          forgetOldest();
        }
      } catch {
        if (kept.get(key) === entry) kept.delete(key);
      }
      return entry.page;
    },
    clear: () => {
      kept.clear();
      total = 0;
    },
  };
}
