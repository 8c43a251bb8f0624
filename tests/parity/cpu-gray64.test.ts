import { describeParity } from './describe-parity';

await describeParity('cpu', ['gray64']);
