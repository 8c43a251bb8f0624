/** Does work when it is its turn. */
export type Limited = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `limit` pieces of work at a time; the others wait, first come, first served. */
export function limited(limit: number): Limited {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
