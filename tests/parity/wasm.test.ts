import { describeParity } from './describe-parity';

await describeParity('wasm');
