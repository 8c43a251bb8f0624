import { browserDecoder } from '../browser-decoder';
import { answerRequest, type DecodeRequest } from '../decode-worker';
import { prepareHere } from '../prepare';

// The program of a Web Worker, kept as text in browser-program-text.ts, which scripts/build-workers.ts writes.
const prepare = prepareHere(async () => browserDecoder);

self.onmessage = async ({ data }: MessageEvent<DecodeRequest>) => {
  const [answer, transfer] = await answerRequest(prepare, data);
  self.postMessage(answer, { transfer });
};
