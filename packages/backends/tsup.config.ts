import { packageBuild } from '../../tsup.base';
import { copyWasmFiles } from './scripts/copy-wasm-files';

export default packageBuild({ index: 'src/index.ts' }, { onSuccess: () => copyWasmFiles() });
