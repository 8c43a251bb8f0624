export { type ModelFiles, modelFolder } from './model-folder';
export { writeFileAtomic } from './write-file-atomic';
