/** How the calling thread and a worker share what is to be done; both in 32-bit integers. */
export const mailbox = {
  /** Counts the lists handed over. */
  given: 0,
  /** Counts the lists done; sixteen integers on, so that the two do not share a cache line. */
  done: 16,
  /** 1 after a call that threw. */
  failed: 17,
  length: 32,
} as const;

/**
 * The script of a worker, for browsers and Node: waits for lists of calls and runs them with the kernels on
 * the shared memory. A list is `[calls, function, count, ...arguments, function, ...]` in doubles, which
 * hold any address. Between two kernels of a step pass some tens of microseconds, and waking a thread takes
 * longer: it looks for the next list for one or two milliseconds before it sleeps.
 */
export const workerScript = `
const serve = ({ module, memory, names, box, list }, ready) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const functions = names.map((name) => exports[name]);
  let seen = 0;
  ready();
  for (;;) {
    for (let spin = 0; spin < 300000 && Atomics.load(box, ${mailbox.given}) === seen; spin++);
    while (Atomics.load(box, ${mailbox.given}) === seen) Atomics.wait(box, ${mailbox.given}, seen);
    seen = (seen + 1) | 0;
    try {
      let at = 1;
      for (let calls = list[0]; calls > 0; calls--) {
        const end = at + 2 + list[at + 1];
        functions[list[at]](...list.subarray(at + 2, end));
        at = end;
      }
    } catch {
      Atomics.store(box, ${mailbox.failed}, 1);
    }
    Atomics.store(box, ${mailbox.done}, seen);
    Atomics.notify(box, ${mailbox.done});
  }
};
if (typeof self === 'object' && typeof self.postMessage === 'function') {
  self.onmessage = ({ data }) => serve(data, () => self.postMessage('ready'));
} else {
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', (data) => serve(data, () => parentPort.postMessage('ready')));
}
`;
