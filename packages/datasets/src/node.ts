export { type ImageFolderOptions, imageFolder } from './folder/image-folder';
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
export {
  cifarFiles,
  idxFile,
  type NodeFile,
  npyFile,
  npzFile,
  parquetFiles,
  tfrecordFiles,
  zipFile,
} from './node-formats';
