/** A number with `decimals` places and a real minus sign: `−1.50`. Not-a-number is `NaN`. */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '−inf';
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * The fewest decimal places that write every value exactly; at most `most`, unless values that differ would then
 * read alike.
 */
export function decimalsFor(values: readonly number[], most = 3): number {
  const count = new Set(values).size;
  for (let decimals = 0; decimals < 20; decimals++) {
    const texts = new Set(values.map((value) => formatNumber(value, decimals)));
    const isExact = values.every(
      (value) => Math.abs(value - Number(value.toFixed(decimals))) <= 1e-9 * Math.abs(value),
    );
    if ((isExact || decimals >= most) && texts.size === count) return decimals;
  }
  return 20;
}
