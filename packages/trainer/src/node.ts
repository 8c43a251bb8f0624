export { loadCheckpoint, saveCheckpoint, saveTo } from './checkpoint/checkpoint-files';
