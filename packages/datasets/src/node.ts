export {
  type ImageFolderOptions,
  type ImageFolderSource,
  imageFolder,
  type SkippedFile,
} from './folder/image-folder';
export { type IdxFileOptions, idxFile } from './idx/idx-file';
