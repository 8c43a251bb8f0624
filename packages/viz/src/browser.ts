export { encodeMp4, type Mp4Options } from './animation/encode-mp4';
export { encodeWebp, type WebpOptions } from './animation/encode-webp-browser';
export { saveFile } from './save-file';
