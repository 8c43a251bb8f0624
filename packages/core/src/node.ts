export type { ModelFiles } from './model-files';
export { modelFolder } from './model-folder';
export { removeLeftovers } from './remove-leftovers';
export { writeFileAtomic } from './write-file-atomic';
