import { argumentError } from '@eigengan/core';
import { blobBytes } from './bytes/blob-bytes';
import type { ByteSource } from './bytes/byte-source';
import { urlBytes } from './bytes/url-bytes';
import type { Formats } from './formats';
import { formatsOn } from './formats-on';
import { browserPlatform } from './image-set/browser-platform';

/** A File that a person chose, any Blob, or the URL of a file. */
export type BrowserFile = Blob | string | URL;

async function open(file: BrowserFile): Promise<ByteSource> {
  if (file instanceof Blob) return blobBytes(file, file instanceof File ? file.name : 'blob');
  if (file instanceof URL || (typeof file === 'string' && file !== '')) return urlBytes(`${file}`);
  throw argumentError('datasets', 'a file must be a File, a Blob or a URL', file);
}

const formats = formatsOn(open, browserPlatform);

// By the types of the interface, so that an editor shows what these say.
export const zipFile: Formats<BrowserFile>['zipFile'] = formats.zipFile;
export const npyFile: Formats<BrowserFile>['npyFile'] = formats.npyFile;
export const npzFile: Formats<BrowserFile>['npzFile'] = formats.npzFile;
export const idxFile: Formats<BrowserFile>['idxFile'] = formats.idxFile;
export const cifarFiles: Formats<BrowserFile>['cifarFiles'] = formats.cifarFiles;
export const tfrecordFiles: Formats<BrowserFile>['tfrecordFiles'] = formats.tfrecordFiles;
export const parquetFiles: Formats<BrowserFile>['parquetFiles'] = formats.parquetFiles;
