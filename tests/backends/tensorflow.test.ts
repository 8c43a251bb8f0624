import { describeBackend } from './describe-backend';

await describeBackend('tensorflow');
