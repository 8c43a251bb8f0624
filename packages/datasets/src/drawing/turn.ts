const halfPi = 1.5707963267948966;

export type SineAndCosine = readonly [sine: number, cosine: number];

/**
 * [sine, cosine] of an angle in turns (1 is all the way round), to 1e-15. `Math.sin` may differ between engines
 * in its last bit; this is made of additions and multiplications alone. Quarter turns are exact, and the sine
 * is exactly odd.
 */
export function turn(turns: number): SineAndCosine {
  const quarters = Math.floor(Math.abs(turns) * 4 + 0.5);
  const angle = (Math.abs(turns) * 4 - quarters) * halfPi;
  const square = angle * angle;
  const sine = angle * series(square, 3);
  const cosine = series(square, 2);
  const sign = turns < 0 ? -1 : 1;
  switch (quarters % 4) {
    case 0:
      return [sign * sine, cosine];
    case 1:
      return [sign * cosine, -sine];
    case 2:
      return [-sign * sine, -cosine];
    default:
      return [-sign * cosine, sine];
  }
}

/** Taylor's series of the sine over its argument (`first` 3) or of the cosine (2), for angles to pi / 4. */
function series(square: number, first: 2 | 3): number {
  let sum = 1;
  for (let k = first + 12; k >= first; k -= 2) sum = 1 - (sum * square) / (k * (k - 1));
  return sum;
}
