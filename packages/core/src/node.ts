export { type ModelFiles, modelFolder } from './model-folder';
export { removeLeftovers } from './remove-leftovers';
export { writeFileAtomic } from './write-file-atomic';
