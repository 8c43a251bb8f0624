import { describeParity } from './describe-parity';

await describeParity('cpu', ['gramschmidt32']);
