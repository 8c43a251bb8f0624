export { type ImageFolderOptions, imageFolder } from './folder/image-folder';
export type {
  CifarFilesOptions,
  Formats,
  IdxFileOptions,
  NpyFileOptions,
  NpzFileOptions,
  TfrecordFilesOptions,
  ZipFileOptions,
} from './formats';
export { cifarFiles, idxFile, type NodeFile, npyFile, npzFile, tfrecordFiles, zipFile } from './node-formats';
