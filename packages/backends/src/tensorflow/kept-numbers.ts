import type { TensorflowBackend } from './tensorflow-package';

/** Most tensors that are kept at a time: many more than one operation takes. */
const most = 1000;

let keeper: TensorflowBackend | undefined;
const kept = new Map<string, number>();

/** TensorFlow's number of the int32 tensor `[count]` of these, e.g. a shape; kept, for they are asked for again. */
export function integers(backend: TensorflowBackend, values: readonly number[]): number {
  const { binding } = backend;
  return keep(backend, `[${values.join()}]`, () =>
    binding.createTensor([values.length], binding.TF_INT32, Int32Array.from(values)),
  );
}

/** TensorFlow's number of an int32 scalar, e.g. an axis; kept too. */
export function integer(backend: TensorflowBackend, value: number): number {
  const { binding } = backend;
  return keep(backend, `int ${value}`, () =>
    binding.createTensor([], binding.TF_INT32, Int32Array.of(value)),
  );
}

/** TensorFlow's number of a float32 scalar, e.g. a rate; kept too. */
export function scalar(backend: TensorflowBackend, value: number): number {
  const { binding } = backend;
  return keep(backend, `${value}`, () => binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value)));
}

function keep(backend: TensorflowBackend, key: string, create: () => number): number {
  if (backend !== keeper) {
    // The numbers of another backend's tensors mean nothing to this one.
    kept.clear();
    keeper = backend;
  }
  const id = kept.get(key) ?? create();
  // The longest unused one comes first.
  kept.delete(key);
  kept.set(key, id);
  const [oldest] = kept;
  if (oldest !== undefined && kept.size > most) {
    backend.binding.deleteTensor(oldest[1]);
    kept.delete(oldest[0]);
  }
  return id;
}
