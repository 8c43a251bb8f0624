export { loadCheckpoint, saveCheckpoint, saveTo, warmStartFrom } from './checkpoint/checkpoint-files';
export { fileStore } from './checkpoint/file-store';
export { type OpenMpiOptions, openMpi } from './collective/open-mpi';
export { jsonlLog } from './logs/jsonl-file';
export { type TensorBoardFolderOptions, tensorBoard } from './logs/tensor-board/event-file';
