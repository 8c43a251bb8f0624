import { FormatError, formatError } from '@eigengan/core';
import { unreadable } from '../bytes/unreadable';
import { assertFileSize } from '../pictures/whole-file';
import type { ListedFile } from './listed-file';

/** What a person chose or dropped: files, and handles of files and folders. */
export type ChosenFile = File | FileSystemFileHandle | FileSystemDirectoryHandle;

/**
 * All files of what was chosen, those of folders too, without anything hidden below. The name of a single
 * folder is no part of theirs.
 */
export async function listFiles(chosen: readonly ChosenFile[]): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const one of chosen) {
    if (one instanceof File) listed.push(listedFile(one.webkitRelativePath || one.name, one));
    else if (one.kind === 'file') listed.push(listedHandle(one.name, one));
    else for await (const file of inFolder(one, `${one.name}/`)) listed.push(file);
  }
  const root = commonFolder(listed);
  return listed.map(({ name, version, bytes }) => ({ name: name.slice(root.length), version, bytes }));
}

/** The first folder on each path with its `/`, when it is the same on all. */
function commonFolder(files: readonly ListedFile[]): string {
  const first = files[0]?.name ?? '';
  const root = first.slice(0, first.indexOf('/') + 1);
  return files.every(({ name }) => name.startsWith(root)) ? root : '';
}

async function* inFolder(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<ListedFile> {
  for await (const handle of entriesOf(folder)) {
    if (handle.name.startsWith('.')) continue;
    if (handle.kind === 'file') yield listedHandle(path + handle.name, handle);
    else yield* inFolder(handle, `${path}${handle.name}/`);
  }
}

/** What TypeScript 5.9 does not know of a directory handle (https://fs.spec.whatwg.org/#api-filesystemdirectoryhandle). */
interface Iterated {
  values(): AsyncIterable<FileSystemFileHandle | FileSystemDirectoryHandle>;
}

function entriesOf(folder: FileSystemDirectoryHandle & Partial<Iterated>): ReturnType<Iterated['values']> {
  if (folder.values !== undefined) return folder.values();
  throw formatError(folder.name, 'must be a folder that this browser can list', folder);
}

function listedFile(name: string, file: File): ListedFile {
  return {
    name,
    version: `${file.size} of ${file.lastModified}`,
    bytes: () => bytesOf(name, async () => file),
  };
}

/** To ask each handle for size and time would take as long as to read small files. */
function listedHandle(name: string, handle: FileSystemFileHandle): ListedFile {
  return { name, version: 'unknown', bytes: () => bytesOf(name, () => handle.getFile()) };
}

async function bytesOf(name: string, open: () => Promise<File>): Promise<Uint8Array> {
  try {
    const file = await open();
    assertFileSize(name, file.size);
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw unreadable(name, cause);
  }
}
