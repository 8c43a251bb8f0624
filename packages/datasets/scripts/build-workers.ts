import { writeFile } from 'node:fs/promises';
import { bundleWorker, workerPrograms } from './bundle-worker';

for (const program of workerPrograms) await writeFile(program.target, await bundleWorker(program));
