export interface TextLine {
  /** Without spaces around it; not empty. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** The lines of a text that hold anything, one at a time. */
export function* textLines(text: string): Generator<TextLine, undefined> {
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    number++;
    // `trim` takes a byte order mark away too.
    const line = text.slice(start, end).trim();
    if (line !== '') yield { text: line, number };
    start = end + 1;
  }
  return undefined;
}

/** The words of a line. */
export function wordFields(line: string): string[] {
  return line.split(/\s+/);
}

/** The fields of a line of CSV (RFC 4180), without spaces around them; undefined when a quote does not end in it. */
export function csvFields(line: string): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    const field = line[at] === '"' ? quotedField(line, at) : plainField(line, at);
    if (field === undefined) return undefined;
    fields.push(field.text);
    at = field.end;
    if (at >= line.length) return fields;
  }
}

interface Field {
  readonly text: string;
  /** Where the comma after it lies, or the line's end. */
  readonly end: number;
}

function plainField(line: string, start: number): Field {
  const comma = line.indexOf(',', start);
  const end = comma < 0 ? line.length : comma;
  return { text: line.slice(start, end).trim(), end };
}

function quotedField(line: string, start: number): Field | undefined {
  let text = '';
  for (let at = start + 1; ; ) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return undefined;
    text += line.slice(at, quote);
    at = quote + 1;
    if (line[at] === '"') {
      // Two quotes stand for one.
      text += '"';
      at++;
      continue;
    }
    const rest = plainField(line, at);
    return rest.text === '' ? { text, end: rest.end } : undefined;
  }
}
