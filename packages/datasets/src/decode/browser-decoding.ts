import { EigenganError } from '@eigengan/core';
import { browserDecoder } from './browser-decoder';
import type { DecodeAnswer, StartWorker } from './decode-worker';
import type { Decoding } from './preparer';
import { browserProgramText } from './worker/browser-program-text';

const startWorker: StartWorker = (answered, ended) => {
  const address = URL.createObjectURL(new Blob([browserProgramText], { type: 'text/javascript' }));
  let worker: Worker;
  try {
    worker = new Worker(address, { name: 'eigengan decode' });
  } catch (cause) {
    URL.revokeObjectURL(address);
    throw new EigenganError('decoding: the page does not allow workers', { cause, hint });
  }
  let answers = 0;
  worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
    if (answers++ === 0) URL.revokeObjectURL(address);
    answered(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    URL.revokeObjectURL(address);
    ended(event.message || `that the page does not allow workers. ${hint}`);
  };
  return {
    send: (request, transfer) => worker.postMessage(request, transfer),
    hold: () => undefined,
    end: async () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
};

const hint =
  "Allow `worker-src blob:` in the page's Content-Security-Policy, or decode in the page: workers: 0";

/** Decoding in pages and their workers: the browser's own decoders, in Web Workers. */
export const browserDecoding: Decoding = { decoder: async () => browserDecoder, startWorker };
