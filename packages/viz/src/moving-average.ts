/**
 * The moving average at each value that can be drawn, over those before it, `weight` the past's (0 to below 1);
 * NaN at the others. Corrected for its beginning, as the logs of TensorBoard have it.
 */
export function movingAverage(
  values: readonly number[],
  weight: number,
  isDrawn: (value: number) => boolean,
): number[] {
  let [average, share] = [0, 0];
  return values.map((value) => {
    if (!isDrawn(value)) return Number.NaN;
    average = weight * average + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return average / share;
  });
}
