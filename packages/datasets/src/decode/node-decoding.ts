import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { DecodeAnswer, DecodeWorker, StartWorker } from './decode-worker';
import type { Decoding } from './preparer';
import { loadSharp, sharpDecoder } from './sharp-decoder';
import { nodeProgramText } from './worker/node-program-text';

const startWorker: StartWorker = (answered, ended): DecodeWorker => {
  const worker = new Worker(nodeProgramText, {
    eval: true,
    name: 'eigengan decode',
    // Neither the loaders nor the debugger of the calling thread: the program needs none.
    execArgv: [],
    workerData: { sharpPath: sharpPath() },
  });
  let problem: string | undefined;
  worker.on('message', (answer: DecodeAnswer) => answered(answer));
  worker.on('error', (error) => {
    problem = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', (code) => ended(problem ?? `exit code ${code}`));
  worker.unref();
  return {
    send: (request, transfer) => worker.postMessage(request, transfer),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    end: async () => {
      await worker.terminate();
    },
  };
};

function sharpPath(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('sharp');
  } catch {
    // The worker says so when it is first needed: decoded pictures are prepared without it.
    return undefined;
  }
}

/** Decoding in Node: sharp, in worker threads. */
export const nodeDecoding: Decoding = {
  decoder: async () => sharpDecoder(await loadSharp('decoding')),
  startWorker,
};
