/**
 * Which of rising numbers is the first above `value`: of the numbers after the last picture of each file, the file
 * that holds picture `value`. The last when none is.
 */
export function firstAbove(rising: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
