import { argumentError, formatError } from '@eigengan/core';

/** The option of sources whose pictures lie in folders. */
export interface FolderLabelsOptions {
  /** `folders`: each image's class is the first folder on its path, and every image must be in one. None by default. */
  readonly labels?: 'folders' | undefined;
}

/** @throws ArgumentError for anything but `folders` and undefined */
export function assertFolderLabels(where: string, { labels }: FolderLabelsOptions): void {
  if (labels === undefined || labels === 'folders') return;
  throw argumentError(`${where}: labels`, "must be 'folders' or undefined", labels);
}

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
  const classes = [...new Set(folders)].sort();
  const numbers = new Map(classes.map((name, number) => [name, number]));
  return { labels: folders.map((folder) => numbers.get(folder) ?? 0), classes };
}
