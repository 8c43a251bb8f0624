import { formatError } from '@eigengan/core';

/** The first folder on each path as its class; the classes sorted by name. */
export function folderLabels(
  where: string,
  names: readonly string[],
): { readonly labels: readonly number[]; readonly classes: readonly string[] } {
  const folders = names.map((name) => {
    const end = name.indexOf('/');
    if (end > 0) return name.slice(0, end);
    throw formatError(where, "labels: 'folders' needs each image in a folder of its class", name);
  });
  const classes = [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1));
  const numbers = new Map(classes.map((name, number) => [name, number]));
  return { labels: folders.map((folder) => numbers.get(folder) ?? 0), classes };
}
