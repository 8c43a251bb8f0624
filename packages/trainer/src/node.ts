export { loadCheckpoint, saveCheckpoint, saveTo } from './checkpoint-files';
