/**
 * Finds a picture's row: by its whole path, else by the end of it (`000001.jpg` is `faces/000001.jpg`, whichever
 * of the two is the picture's) when no other row has that end.
 */
export function nameLookup(names: readonly string[]): (name: string) => number | undefined {
  const rows = new Map<string, number>();
  const byLastPart = new Map<string, number | undefined>();
  names.forEach((name, row) => {
    const path = plain(name);
    rows.set(path, row);
    const last = lastPart(path);
    byLastPart.set(last, byLastPart.has(last) ? undefined : row);
  });
  return (name) => {
    const path = plain(name);
    const exact = rows.get(path);
    if (exact !== undefined) return exact;
    const row = byLastPart.get(lastPart(path));
    if (row === undefined) return undefined;
    const other = plain(names[row]!);
    return path.endsWith(`/${other}`) || other.endsWith(`/${path}`) ? row : undefined;
  };
}

/** A path as it is written everywhere but on Windows. */
function plain(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
