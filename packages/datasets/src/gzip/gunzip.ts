import { formatError, joinBytes, messageOf } from '@eigengan/core';

/** What a byte of deflate stands for at most. */
const mostRatio = 1032;

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file, no further than it should go.
 *
 * @param headLength how many unpacked bytes `lengthOf` needs
 * @param lengthOf how long the whole must be, judging by its first bytes: `headLength`, or all if fewer
 * @throws FormatError when the file is damaged, or unpacks to another length; whatever `lengthOf` throws
 */
export async function gunzip(
  where: string,
  bytes: Uint8Array,
  headLength: number,
  lengthOf: (head: Uint8Array) => number,
): Promise<Uint8Array> {
  const lengthFrom = (head: Uint8Array): number => {
    const expected = lengthOf(head);
    if (expected <= bytes.length * mostRatio) return expected;
    throw formatError(where, `must unpack to ${expected} bytes`, `only ${bytes.length} packed ones`);
  };
  let head = new Uint8Array(0);
  let whole: Uint8Array | undefined;
  let length = 0;
  for await (const chunk of gunzipped(where, bytes)) {
    length += chunk.length;
    if (whole === undefined) {
      head = joinBytes([head, chunk]);
      if (length < headLength) continue;
      whole = new Uint8Array(lengthFrom(head));
      if (length <= whole.length) whole.set(head);
    } else if (length <= whole.length) {
      whole.set(chunk, length - chunk.length);
    }
    if (length > whole.length) {
      throw formatError(where, `must unpack to ${whole.length} bytes`, `more than ${whole.length}`);
    }
  }
  const expected = whole?.length ?? lengthFrom(head);
  if (length !== expected) throw formatError(where, `must unpack to ${expected} bytes`, length);
  return whole ?? head;
}

/** The first `length` bytes that a gzip file unpacks to, or all if fewer. */
export async function gunzipHead(where: string, bytes: Uint8Array, length: number): Promise<Uint8Array> {
  let head = new Uint8Array(0);
  for await (const chunk of gunzipped(where, bytes)) {
    head = joinBytes([head, chunk]);
    if (head.length >= length) break;
  }
  return head.subarray(0, length);
}

/** What a gzip file unpacks to, in parts, by the platform's own `DecompressionStream`. */
async function* gunzipped(where: string, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // A copy, because a Blob takes no view of shared memory.
  const packed = new Blob([new Uint8Array(bytes)]);
  const reader = packed.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    while (true) {
      const { value, done } = await damageNamed(where, reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    // Stops unpacking after an error; a failure to stop says nothing new.
    await reader.cancel().catch(() => undefined);
  }
}

async function damageNamed<T>(where: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw formatError(where, 'must unpack without damage', messageOf(cause), {
      cause,
    });
  }
}
