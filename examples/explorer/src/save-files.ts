import type { SavedModel } from './messages';

/** Downloads a model as the two files that any tfjs program loads. */
export function saveFiles({ modelJson, weights }: SavedModel): void {
  download(modelJson, 'model.json');
  download(weights, 'weights.bin');
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
