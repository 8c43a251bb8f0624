export { type ImageFolderOptions, imageFolder } from './folder/image-folder';
export { type IdxFileOptions, idxFile } from './idx/idx-file';
