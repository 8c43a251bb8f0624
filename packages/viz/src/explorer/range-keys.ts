/**
 * The value that a key takes a slider to, or undefined when the key is not one of its: an arrow moves by 0.1,
 * with Shift by 0.01, Page Up and Page Down by 1, Home and End to the ends.
 */
export function keyedValue(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  value: number,
  [least, largest]: readonly [number, number],
): number | undefined {
  const step = shiftKey ? 0.01 : 0.1;
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 1,
    PageDown: value - 1,
    Home: least,
    End: largest,
  };
  const moved = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (moved === undefined) return undefined;
  return Math.min(largest, Math.max(least, Number(moved.toFixed(2))));
}
