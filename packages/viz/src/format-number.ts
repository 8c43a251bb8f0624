/** A number with `decimals` places and a real minus sign: `−1.50`. Not-a-number is `NaN`. */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '−inf';
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** The fewest decimal places, at most `most`, that write every value exactly (or as well as `most` can). */
export function decimalsFor(values: readonly number[], most = 3): number {
  for (let decimals = 0; decimals < most; decimals++) {
    if (values.every((value) => Math.abs(value - Number(value.toFixed(decimals))) < 1e-9)) return decimals;
  }
  return most;
}
