import { copyWasmFiles } from './copy-wasm-files';

await copyWasmFiles();
