/** The smallest and the largest of values; [Infinity, -Infinity] of none. */
export function extent(values: Iterable<number>): readonly [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}
