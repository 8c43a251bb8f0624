import type { CheckpointStore } from '../index';

/** A store in memory that writes down what is asked of it. */
export function memoryStore() {
  const contents = new Map<number, Uint8Array>();
  const calls: string[] = [];
  const store: CheckpointStore = {
    async save(step, bytes) {
      calls.push(`save ${step}`);
      contents.set(step, bytes.slice());
    },
    async load(step) {
      calls.push(`load ${step}`);
      const bytes = contents.get(step);
      if (bytes === undefined) throw new Error(`no step ${step}`);
      return bytes;
    },
    async list() {
      return [...contents]
        .map(([step, { length }]) => ({ step, size: length }))
        .sort((a, b) => a.step - b.step);
    },
    async remove(step) {
      calls.push(`remove ${step}`);
      contents.delete(step);
    },
  };
  return { store, contents, calls };
}
