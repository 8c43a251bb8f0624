import { EigenganError } from '@eigengan/core';

/** A copy of bytes, `cut` shorter, with some changed; a place below 0 counts from the end, one beyond is left out. */
export function damagedCopy(
  whole: Uint8Array,
  changes: readonly (readonly [place: number, value: number])[],
  cut: number,
): Uint8Array {
  const bytes = whole.slice(0, Math.max(0, whole.length - cut));
  for (const [at, value] of changes) {
    const place = at < 0 ? bytes.length + at : at;
    if (place >= 0 && place < bytes.length) bytes[place] = value;
  }
  return bytes;
}

/** Whether `work` went through, or was refused by an error of ours; any other error is passed on. */
export async function outcomeOf(work: () => Promise<void>): Promise<'read' | 'refused'> {
  try {
    await work();
    return 'read';
  } catch (error) {
    if (!EigenganError.is(error)) throw error;
    return 'refused';
  }
}
