import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { messageOf } from '@eigengan/core';
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
    problem = messageOf(error);
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

/** Where sharp lies. Undefined where it is not installed: the worker says so at the first encoded picture. */
function sharpPath(): string | undefined {
  // From a program that was bundled to CommonJS there is no address of this module.
  for (const from of [import.meta.url, `${process.cwd()}/`]) {
    try {
      return createRequire(from).resolve('sharp');
    } catch {}
  }
  return undefined;
}

/** Decoding in Node: sharp, in worker threads. */
export const nodeDecoding: Decoding = {
  decoder: async () => sharpDecoder(await loadSharp('decoding')),
  startWorker,
};
