import { type FormatError, formatError } from '@eigengan/core';

/** TIFF is among them so that a browser refuses such files by name, and does not call a folder of them empty. */
export const imageSuffixes = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff', '.bmp'];

/** Whether a path ends as those of images do, in upper or lower case. */
export function hasImageSuffix(path: string): boolean {
  return imageSuffixes.includes(/\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? '');
}

/** Whether a file or a folder on the path begins with a dot, or is one that macOS adds to archives. */
export function isHidden(path: string): boolean {
  return path.startsWith('.') || path.startsWith('__MACOSX/') || path.includes('/.');
}

/** That a folder, an archive or a choice, as `where` names it, has no images among its files. */
export function noImages(where: string, files: number): FormatError {
  return formatError(
    where,
    `must hold images (${imageSuffixes.join(' ')})`,
    `none, and ${files} other files`,
  );
}
