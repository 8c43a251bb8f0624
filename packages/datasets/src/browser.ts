export type { BrowserFiles } from './browser-files/browser-pictures';
export { type ImageFilesOptions, imageFiles } from './browser-files/image-files';
export type { ChosenFile } from './browser-files/list-files';
