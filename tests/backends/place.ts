/** Where a test runs. */
export type Place = 'Node' | 'Chromium';

/** In the order of the table. */
export const places: readonly Place[] = ['Node', 'Chromium'];

export const place: Place = typeof document === 'undefined' ? 'Node' : 'Chromium';

/** The place with its version, e.g. `Node 20.20.2`. */
export function describePlace(): string {
  if (place === 'Node') return `Node ${process.versions.node}`;
  const version = /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1];
  return version === undefined ? place : `${place} ${version}`;
}
