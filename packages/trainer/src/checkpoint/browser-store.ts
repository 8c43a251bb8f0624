import { argumentError, assertInteger, TrainingError } from '@eigengan/core';
import type { CheckpointStore } from './checkpoint-store';

/** Apart, so that a list reads no bytes. */
const sizes = 'sizes';
const contents = 'contents';

/**
 * Checkpoints in the browser's IndexedDB, in a database of this name of the page's origin; in windows and
 * workers. A browser that is short of disk may drop them, unless `navigator.storage.persist()` was granted.
 *
 * @param name one a run; default `eigengan-checkpoints`
 * @throws ArgumentError where there is no IndexedDB, or when `load` is asked for a step that is not there
 * @throws TrainingError when the browser gives no more room: what was saved before stays
 */
export function browserStore(name = 'eigengan-checkpoints'): CheckpointStore {
  if (typeof name !== 'string' || name === '')
    throw argumentError('browserStore: name', 'must be a name', name);
  if (typeof indexedDB === 'undefined') {
    throw argumentError('browserStore', 'needs a browser with IndexedDB', undefined, {
      hint: 'In Node use fileStore() of @eigengan/trainer/node',
    });
  }
  return {
    async save(step, bytes) {
      assertInteger('browserStore: step', step, { min: 0 });
      // A view is cloned with all of its buffer.
      const content = bytes.slice();
      try {
        await transact(name, 'readwrite', (at) => {
          at(sizes).put(content.length, step);
          at(contents).put(content, step);
        });
      } catch (error) {
        throw isQuota(error) ? noRoom(content.length, error) : error;
      }
    },
    async load(step) {
      const { content, steps } = await transact(name, 'readonly', (at) => ({
        content: at(contents).get(step),
        steps: at(contents).getAllKeys(),
      }));
      const bytes: unknown = content.result;
      if (bytes instanceof Uint8Array) return bytes;
      const there = steps.result.join(', ') || 'none';
      throw argumentError('browserStore: step', `must be one that is in ${name} (${there})`, step);
    },
    async list() {
      const { steps, bytes } = await transact(name, 'readonly', (at) => ({
        steps: at(sizes).getAllKeys(),
        bytes: at(sizes).getAll(),
      }));
      // Both in the order of the keys, which are numbers.
      return steps.result.map((step, i) => ({ step: Number(step), size: Number(bytes.result[i]) }));
    },
    async remove(step) {
      await transact(name, 'readwrite', (at) => {
        at(sizes).delete(step);
        at(contents).delete(step);
      });
    },
  };
}

/**
 * All that `ask` asks for, or nothing of it, on the disk when it resolves. The requests that it returns have
 * their results then.
 */
async function transact<T>(
  name: string,
  mode: 'readonly' | 'readwrite',
  ask: (at: (store: string) => IDBObjectStore) => T,
): Promise<T> {
  const database = await open(name);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction([sizes, contents], mode, { durability: 'strict' });
      const asked = ask((store) => transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser aborted it'));
    });
  } finally {
    database.close();
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(sizes);
      request.result.createObjectStore(contents);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

function noRoom(size: number, cause: unknown): TrainingError {
  return new TrainingError(`browserStore: the browser must give room for ${size} bytes more, but does not`, {
    cause,
    hint: 'What was saved before is still there: remove() some, or keep fewer with keepLast',
  });
}
