import { formatError } from '@eigengan/core';

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file with the platform's own `DecompressionStream`, no further than it should go.
 *
 * @param headLength how many unpacked bytes `lengthOf` needs
 * @param lengthOf how long the whole may be, judging by its first `headLength` bytes (or all, if fewer)
 * @throws FormatError when the file is damaged, or unpacks to more than that; whatever `lengthOf` throws
 */
export async function gunzip(
  where: string,
  bytes: Uint8Array,
  headLength: number,
  lengthOf: (head: Uint8Array) => number,
): Promise<Uint8Array> {
  // A copy, because a Blob takes no view of shared memory.
  const packed = new Blob([new Uint8Array(bytes)]);
  const reader = packed.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let limit: number | undefined;
  try {
    while (true) {
      const { value, done } = await damageNamed(where, reader.read());
      if (done) break;
      chunks.push(value);
      length += value.length;
      if (limit === undefined && length >= headLength) limit = lengthOf(joined(chunks, length));
      if (limit !== undefined && length > limit) {
        throw formatError(where, `must unpack to ${limit} bytes, as its header says`, `more than ${limit}`);
      }
    }
  } finally {
    // Stops unpacking after an error; a failure to stop says nothing new.
    await reader.cancel().catch(() => undefined);
  }
  const whole = joined(chunks, length);
  if (limit === undefined) lengthOf(whole);
  return whole;
}

async function damageNamed<T>(where: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw formatError(where, 'must be a whole gzip file', cause instanceof Error ? cause.message : cause, {
      cause,
    });
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
