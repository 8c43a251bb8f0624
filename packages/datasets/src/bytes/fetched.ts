import { EigenganError, FormatError, joinBytes, messageOf } from '@eigengan/core';

/** What passes: to ask again later may help. https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const passing = [408, 425, 429];

/**
 * A server's answer to a request for `url`: one of success, or of the status `also`.
 *
 * @throws FormatError when it says that it has no such file; EigenganError, which is not damage of the file,
 * when it cannot be reached, or fails itself
 */
export async function fetched(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  also?: number,
): Promise<Response> {
  const response = await reached(url, () => fetch(url, { headers }));
  if (response.ok || response.status === also) return response;
  await response.body?.cancel();
  const { status, statusText } = response;
  const reason = `${url}: cannot be read: the server answers ${`${status} ${statusText}`.trim()}`;
  if (status >= 500 || passing.includes(status)) throw new EigenganError(reason);
  throw new FormatError(reason);
}

/** The bytes of an answer, no more of them than `most`; undefined when there are more. */
export async function bodyWithin(
  url: string,
  response: Response,
  most: number,
): Promise<Uint8Array | undefined> {
  if (Number(response.headers.get('content-length')) > most) {
    await response.body?.cancel();
    return undefined;
  }
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader !== undefined) {
    const { value, done } = await reached(url, () => reader.read());
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return joinBytes(chunks);
}

async function reached<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = messageOf(cause);
    throw new EigenganError(`${url}: cannot be reached: ${reason}`, { cause });
  }
}
