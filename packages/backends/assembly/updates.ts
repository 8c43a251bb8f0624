/**
 * One update of Adam for `count` weights, every number rounded as by one operation after the other:
 * `m' = m + (g - m) rest1`, `v' = v + (g g - v) rest2`, `w' = w - rate (m' / (sqrt(v') + epsilon))`. The new
 * ones may lie on the old ones. With `m` 0 the first moment is the gradient itself and is not written.
 */
export function updateByAdam(
  weight: usize,
  m: usize,
  v: usize,
  gradient: usize,
  newWeight: usize,
  newM: usize,
  newV: usize,
  count: i32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  rate: f32,
): void {
  const bytes = (<usize>count) << 2;
  const vectorBytes = (<usize>(count & ~3)) << 2;
  const rests1 = f32x4.splat(rest1);
  const rests2 = f32x4.splat(rest2);
  const epsilons = f32x4.splat(epsilon);
  const rates = f32x4.splat(rate);
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const g = v128.load(gradient + at);
    let first = g;
    if (m !== 0) {
      first = v128.load(m + at);
      first = f32x4.add(first, f32x4.mul(f32x4.sub(g, first), rests1));
      v128.store(newM + at, first);
    }
    let second = v128.load(v + at);
    second = f32x4.add(second, f32x4.mul(f32x4.sub(f32x4.mul(g, g), second), rests2));
    v128.store(newV + at, second);
    const direction = f32x4.div(first, f32x4.add(f32x4.sqrt(second), epsilons));
    v128.store(newWeight + at, f32x4.sub(v128.load(weight + at), f32x4.mul(rates, direction)));
  }
  for (let at = vectorBytes; at < bytes; at += 4) {
    const g = f32.load(gradient + at);
    let first = g;
    if (m !== 0) {
      first = f32.load(m + at);
      first += (g - first) * rest1;
      f32.store(newM + at, first);
    }
    let second = f32.load(v + at);
    second += (g * g - second) * rest2;
    f32.store(newV + at, second);
    f32.store(newWeight + at, f32.load(weight + at) - rate * (first / (sqrt<f32>(second) + epsilon)));
  }
}

/** `out = average + rest (source - average)` for `count` floats; the result may lie on the average. */
export function moveAverage(average: usize, source: usize, output: usize, count: i32, rest: f32): void {
  const bytes = (<usize>count) << 2;
  const vectorBytes = (<usize>(count & ~3)) << 2;
  const rests = f32x4.splat(rest);
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const value = v128.load(average + at);
    const towards = f32x4.mul(rests, f32x4.sub(v128.load(source + at), value));
    v128.store(output + at, f32x4.add(value, towards));
  }
  for (let at = vectorBytes; at < bytes; at += 4) {
    const value = f32.load(average + at);
    f32.store(output + at, value + rest * (f32.load(source + at) - value));
  }
}
