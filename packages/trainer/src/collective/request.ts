/** What a process asks of all the processes. */
export interface Request {
  readonly kind: (typeof kinds)[number];
  /** In values, for a broadcast in bytes; 0 for an end. */
  readonly length: number;
  /** The rank that a broadcast comes from. */
  readonly root: number;
}

const kinds = ['end', 'sum', 'mean', 'broadcast'] as const;

/** Numbers that one request takes. */
const width = 3;

export function encodeRequest({ kind, length, root }: Request): Float64Array {
  return Float64Array.of(kinds.indexOf(kind), length, root);
}

/** Room for the requests of all the processes. */
export function roomForRequests(size: number): Float64Array {
  return new Float64Array(width * size);
}

/** Which ranks ask for what, where they do not all ask for the same: `rank 0: sum of 8, rank 1: end`. */
export function differenceOf(requests: Float64Array): string | null {
  const texts = Array.from({ length: requests.length / width }, (_, rank) =>
    textOf(requests.subarray(rank * width, (rank + 1) * width)),
  );
  if (texts.every((text) => text === texts[0])) return null;
  return texts.map((text, rank) => `rank ${rank}: ${text}`).join(', ');
}

function textOf([kind = 0, length, root]: Float64Array): string {
  const name = kinds[kind];
  if (name === 'end') return 'the end';
  return name === 'broadcast' ? `broadcast of ${length} bytes by ${root}` : `${name} of ${length} values`;
}
