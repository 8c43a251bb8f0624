import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { missingPackage } from '@eigengan/core';
import { answerRequest, type DecodeRequest } from '../decode-worker';
import { prepareHere } from '../prepare';
import { type Sharp, sharpDecoder } from '../sharp-decoder';

// The program of a worker thread in Node, kept as text in node-program-text.ts, which scripts/build-workers.ts writes.
const prepare = prepareHere(async () => {
  // A program that is a text has no place to look for packages from: the calling thread says where sharp lies.
  const { sharpPath }: { sharpPath: string | undefined } = workerData;
  if (sharpPath === undefined) throw missingPackage('decoding', 'sharp');
  try {
    const loaded: { default: Sharp } = await import(pathToFileURL(sharpPath).href);
    return sharpDecoder(loaded.default);
  } catch (cause) {
    throw missingPackage('decoding', 'sharp', cause);
  }
});

parentPort?.on('message', async (request: DecodeRequest) => {
  const [answer, transfer] = await answerRequest(prepare, request);
  parentPort?.postMessage(answer, transfer);
});
