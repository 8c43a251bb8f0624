import { describeParity } from './describe-parity';

await describeParity('cpu', ['rgb32']);
