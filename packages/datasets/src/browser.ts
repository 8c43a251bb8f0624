export type { BrowserFiles } from './browser-files/browser-pictures';
export { type ImageFilesOptions, imageFiles } from './browser-files/image-files';
export type { ChosenFile } from './browser-files/list-files';
export {
  type BrowserFile,
  cifarFiles,
  idxFile,
  npyFile,
  npzFile,
  parquetFiles,
  tfrecordFiles,
  zipFile,
} from './browser-formats';
export type {
  CifarFilesOptions,
  Formats,
  IdxFileOptions,
  NpyFileOptions,
  NpzFileOptions,
  ParquetFilesOptions,
  TfrecordFilesOptions,
  ZipFileOptions,
} from './formats';
