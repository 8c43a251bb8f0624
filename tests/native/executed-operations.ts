import * as tf from '@tensorflow/tfjs-core';

type Execute = (name: string, ...rest: unknown[]) => unknown;

/** The names of the operations that TensorFlow runs for tfjs-node while `run` does, in order. */
export function executedOperations(run: () => void): string[] {
  const backend = tf.backend() as unknown as { binding: { readonly executeOp: Execute } };
  const { binding } = backend;
  const names: string[] = [];
  // Its own properties cannot be written.
  backend.binding = Object.create(binding, {
    executeOp: {
      value: (name: string, ...rest: unknown[]) => {
        names.push(name);
        return binding.executeOp(name, ...rest);
      },
    },
  });
  try {
    run();
  } finally {
    backend.binding = binding;
  }
  return names;
}
