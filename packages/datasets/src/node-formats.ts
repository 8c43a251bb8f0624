import { fileURLToPath } from 'node:url';
import { argumentError } from '@eigengan/core';
import type { ByteSource } from './bytes/byte-source';
import { fileBytes } from './bytes/file-bytes';
import { urlBytes } from './bytes/url-bytes';
import type { Formats } from './formats';
import { formatsOn } from './formats-on';
import { nodePlatform } from './image-set/node-platform';

/** The path of a file, or its URL (`file:`, `http:`, `https:`); a text with `http://` or `https://` is one too. */
export type NodeFile = string | URL;

async function open(file: NodeFile): Promise<ByteSource> {
  const isUrl = file instanceof URL;
  if (!isUrl && (typeof file !== 'string' || file === '')) {
    throw argumentError('datasets', 'a file must be a path or a URL', file);
  }
  if (/^https?:\/\//i.test(`${file}`)) return urlBytes(`${file}`);
  return fileBytes(isUrl ? fileURLToPath(file) : file);
}

const formats = formatsOn(open, nodePlatform);

// By the types of the interface, so that an editor shows what these say.
export const zipFile: Formats<NodeFile>['zipFile'] = formats.zipFile;
export const npyFile: Formats<NodeFile>['npyFile'] = formats.npyFile;
export const npzFile: Formats<NodeFile>['npzFile'] = formats.npzFile;
export const idxFile: Formats<NodeFile>['idxFile'] = formats.idxFile;
export const cifarFiles: Formats<NodeFile>['cifarFiles'] = formats.cifarFiles;
export const tfrecordFiles: Formats<NodeFile>['tfrecordFiles'] = formats.tfrecordFiles;
export const parquetFiles: Formats<NodeFile>['parquetFiles'] = formats.parquetFiles;
