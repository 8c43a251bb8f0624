import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import { assertFolderLabels, type FolderLabelsOptions, folderLabels } from '../folder/folder-labels';
import { hasImageSuffix, isHidden, noImages } from '../pictures/image-names';
import type { PictureSource } from '../pictures/picture-source';
import { type ChosenFile, listFiles } from './list-files';
import { listUrls } from './list-urls';
import type { ListedFile } from './listed-file';

/** Image files as a page has them: chosen, dropped, or on servers (URLs, as text). */
export type BrowserFiles =
  | FileList
  | FileSystemDirectoryHandle
  | FileSystemFileHandle
  | readonly ChosenFile[]
  | readonly string[];

export interface BrowserPicturesOptions extends FolderLabelsOptions {
  /** How many URLs are fetched at a time, 1 .. 64; 8 by default. */
  readonly requests?: number | undefined;
}

export const browserOptionNames = ['labels', 'requests'] as const;

const where = 'imageFiles';

/**
 * Image files of a page. Files and folders: by suffix, without hidden ones, sorted by path. URLs: all, as they
 * are listed. Nothing is read before it is asked for.
 *
 * @throws FormatError when there are no images, or, with labels, one is in no folder; ArgumentError for what
 * are no files, or a bad option
 */
export async function browserPictures(
  files: BrowserFiles,
  options: BrowserPicturesOptions = {},
): Promise<PictureSource> {
  assertFields(where, options, browserOptionNames);
  const { labels, requests = 8 } = options;
  assertFolderLabels(where, options);
  assertInteger(`${where}: requests`, requests, { min: 1, max: 64 });
  const listed = await imagesIn(files, requests);
  const names = listed.map(({ name }) => name);
  return {
    names,
    ...(labels === undefined ? {} : folderLabels(where, names)),
    fingerprint: listed.map(({ name, version }) => `${name}: ${version}`).join('\n'),
    read: async (index) => {
      assertInteger(`${where}: index`, index, { min: 0, max: listed.length - 1 });
      return listed[index]!.bytes();
    },
    close: async () => undefined,
  };
}

async function imagesIn(files: BrowserFiles, requests: number): Promise<readonly ListedFile[]> {
  const items = itemsOf(files);
  if (items.length > 0 && items.every((item) => typeof item === 'string')) return listUrls(items, requests);
  const chosen = items.filter(isChosenFile);
  if (chosen.length < items.length) {
    const other = items.find((item) => !isChosenFile(item));
    throw argumentError(where, 'each must be a File or a handle, or all of them URLs', other);
  }
  const listed = await listFiles(chosen);
  const images = listed.filter(({ name }) => hasImageSuffix(name) && !isHidden(name));
  if (images.length === 0) throw noImages(where, listed.length);
  return images.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function itemsOf(files: BrowserFiles): readonly unknown[] {
  if (isChosenFile(files)) return [files];
  if (Array.isArray(files) || files instanceof FileList) return [...files];
  throw argumentError(where, 'needs a FileList, a list of Files, handles or URLs, or a handle', files);
}

function isChosenFile(item: unknown): item is ChosenFile {
  return item instanceof File || item instanceof FileSystemHandle;
}
