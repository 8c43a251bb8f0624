import { formatError } from '@eigengan/core';

/** What a Python literal stands for; tuples and lists are both arrays. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | PythonDict;
export type PythonDict = ReadonlyMap<string, PythonValue>;

/** Deeper than any dtype that numpy writes. */
const deepest = 16;

const words: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/**
 * Reads a Python literal of dicts with text keys, tuples, lists, texts without backslashes, whole numbers of
 * at least 0 (Python 2's `7L` too), True, False and None. Nothing is evaluated.
 *
 * @throws FormatError at the first character that does not belong there
 */
export function pythonLiteral(where: string, text: string): PythonValue {
  let at = 0;

  const refuse = (rule: string): never => {
    const got = at < text.length ? text.slice(at, at + 20) : 'the end';
    throw formatError(`${where}: character ${at}`, rule, got);
  };
  const skipSpace = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  };
  const take = (token: string): boolean => {
    skipSpace();
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };

  /** What `item` reads, as often as it is there, with commas between and perhaps one after, up to `end`. */
  const items = (end: string, item: () => void): void => {
    while (!take(end)) {
      item();
      if (take(',')) continue;
      if (!take(end)) refuse(`must be "," or ${JSON.stringify(end)}`);
      return;
    }
  };
  const quoted = (): string => {
    const quote = text[at];
    const end = quote === "'" || quote === '"' ? text.indexOf(quote, at + 1) : -1;
    const content = text.slice(at + 1, Math.max(end, at + 1));
    if (end < 0 || /[\\\n]/.test(content)) return refuse('must be a text in quotes, without backslashes');
    at = end + 1;
    return content;
  };
  const sequence = (end: string, depth: number): PythonValue => {
    const values: PythonValue[] = [];
    const first = at;
    items(end, () => values.push(value(depth + 1)));
    // In Python, (7) is 7.
    const comma = text.slice(first, at).includes(',');
    return end === ')' && values.length === 1 && !comma ? values[0]! : values;
  };
  const dict = (depth: number): PythonDict => {
    const entries = new Map<string, PythonValue>();
    items('}', () => {
      skipSpace();
      const key = quoted();
      if (entries.has(key)) refuse(`must not repeat the key ${JSON.stringify(key)}`);
      if (!take(':')) refuse('must be ":"');
      entries.set(key, value(depth + 1));
    });
    return entries;
  };
  const value = (depth: number): PythonValue => {
    if (depth > deepest) refuse(`must be at most ${deepest} deep`);
    if (take('{')) return dict(depth);
    if (take('(')) return sequence(')', depth);
    if (take('[')) return sequence(']', depth);
    const word = /^(?:[A-Za-z]+|\d{1,16}(?=L?(?!\w))L?)/.exec(text.slice(at, at + 24))?.[0];
    if (word === undefined) return quoted();
    const known = Object.hasOwn(words, word) ? words[word] : Number.parseInt(word, 10);
    if (known === undefined || Number.isNaN(known) || Number(known) > Number.MAX_SAFE_INTEGER) {
      return refuse('must be a number, a text, True, False or None');
    }
    at += word.length;
    return known;
  };

  const whole = value(0);
  skipSpace();
  if (at < text.length) refuse('must be the end');
  return whole;
}
