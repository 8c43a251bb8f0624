import type { Answer, Kind, Questions } from './messages';

/** Asks the worker, one question at a time or several. */
export interface GeneratorClient {
  ask<K extends Kind>(kind: K, asks: Questions[K]['asks']): Promise<Questions[K]['answers']>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export function createGeneratorClient(): GeneratorClient {
  const worker = new Worker(new URL('./generator-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let asked = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const asker = waiting.get(data.number);
    waiting.delete(data.number);
    if ('problem' in data) asker?.reject(new Error(data.problem));
    else asker?.resolve(data.answers);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(`The worker failed: ${message}`));
    waiting.clear();
  });

  return {
    ask: (kind, asks) =>
      new Promise((resolve, reject) => {
        asked++;
        waiting.set(asked, { resolve: resolve as (answer: unknown) => void, reject });
        worker.postMessage({ number: asked, kind, asks });
      }),
  };
}
