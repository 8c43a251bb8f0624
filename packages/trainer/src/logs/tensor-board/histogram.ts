/** What TensorBoard draws of many values: how many lie in each bucket. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** The upper end of each bucket, excluded; the lower end is the one before. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/** TensorFlow's: each a tenth further from 0 than the last, from 1e-12 to 1e20 (tsl/lib/histogram). */
const limits = bucketLimits();

/** The histogram of the values that are finite, or null when none is. */
export function histogramOf(values: ArrayLike<number>): Histogram | null {
  const buckets = new Float64Array(limits.length);
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    sumOfSquares += value * value;
    const bucket = bucketOf(value);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  return count === 0 ? null : { min, max, count, sum, sumOfSquares, ...withoutEmptyRuns(buckets) };
}

function bucketLimits(): Float64Array {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  const negative = positive.map((limit) => -limit).reverse();
  return Float64Array.from([...negative, 0, ...positive]);
}

/** The first bucket whose limit is above the value; the last one for the largest number there is. */
function bucketOf(value: number): number {
  let [low, high] = [0, limits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((limits[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Empty buckets beside one another are one, as TensorFlow writes them. */
function withoutEmptyRuns(buckets: Float64Array): Pick<Histogram, 'limits' | 'counts'> {
  const kept = [...buckets.keys()].filter((i) => (buckets[i] ?? 0) > 0 || (buckets[i + 1] ?? 1) > 0);
  return { limits: kept.map((i) => limits[i] ?? 0), counts: kept.map((i) => buckets[i] ?? 0) };
}
