import { EigenganError } from '@eigengan/core';
import { type DecodeRequest, type DecodeWorker, revivedError, type StartWorker } from './decode-worker';
import type { Prepared } from './prepare';
import type { Preparer } from './preparer';

/** Tasks of one thread at a time: while one waits for its decoder, the other is resampled. */
const mostTasks = 2;

interface Task {
  readonly request: DecodeRequest;
  resolve(prepared: Prepared): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: DecodeWorker;
  readonly tasks: Map<number, Task>;
}

/**
 * `Prepare` over threads. A thread starts when all others are busy, up to `workers`. At most two tasks a
 * thread are under way; others wait, their bytes not yet copied. A thread that ends by itself fails its tasks
 * and is replaced when there is more to do. Idle threads do not keep the process alive.
 */
export function workerPool(start: StartWorker, workers: number): Preparer {
  const threads = new Set<Thread>();
  const waiting: Task[] = [];
  let ids = 0;

  function handOver(): void {
    for (;;) {
      const [task] = waiting;
      if (task === undefined) return;
      try {
        const thread = threadFor();
        if (thread === undefined) return;
        const { request, transfer } = copied(task.request);
        thread.worker.send(request, transfer);
        thread.worker.hold(true);
        thread.tasks.set(request.id, task);
      } catch (error) {
        task.reject(error);
      }
      waiting.shift();
    }
  }

  function threadFor(): Thread | undefined {
    const [best] = [...threads].sort((a, b) => a.tasks.size - b.tasks.size);
    if (best?.tasks.size === 0) return best;
    if (threads.size < workers) return startThread();
    return best !== undefined && best.tasks.size < mostTasks ? best : undefined;
  }

  function startThread(): Thread {
    const tasks = new Map<number, Task>();
    const worker = start(
      (answer) => {
        const task = tasks.get(answer.id);
        tasks.delete(answer.id);
        if (tasks.size === 0) worker.hold(false);
        if ('prepared' in answer) task?.resolve(answer.prepared);
        else task?.reject(revivedError(answer.error));
        handOver();
      },
      (reason) => {
        if (!threads.delete(thread)) return;
        for (const { request, reject } of tasks.values()) {
          const rule = 'the thread that decodes it must not end meanwhile';
          reject(new EigenganError(`${request.name}: ${rule}, got ${reason}`));
        }
        handOver();
      },
    );
    const thread = { worker, tasks };
    threads.add(thread);
    return thread;
  }

  return {
    prepare: (name, stored, form, cut) =>
      new Promise((resolve, reject) => {
        waiting.push({ request: { id: ids++, name, stored, form, cut }, resolve, reject });
        handOver();
      }),
    close: async () => {
      const ending = [...threads];
      const refused = [...ending.flatMap(({ tasks }) => [...tasks.values()]), ...waiting];
      threads.clear();
      waiting.length = 0;
      for (const { request, reject } of refused) {
        reject(new EigenganError(`${request.name}: was not read, as its source was closed meanwhile`));
      }
      await Promise.all(ending.map(({ worker }) => worker.end()));
    },
  };
}

/** The request with bytes of its own to hand over: the caller's may be part of something larger. */
function copied(request: DecodeRequest): { request: DecodeRequest; transfer: ArrayBuffer[] } {
  const { stored } = request;
  const bytes = (stored instanceof Uint8Array ? stored : stored.data).slice();
  return {
    request: { ...request, stored: stored instanceof Uint8Array ? bytes : { ...stored, data: bytes } },
    transfer: [bytes.buffer],
  };
}
