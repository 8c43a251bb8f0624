import * as tf from '@tensorflow/tfjs-core';

/**
 * tfjs keeps a backend for as long as the page lives: this takes out one whose device is lost, so that the
 * next `setBackend` starts a new one. What was in the old device's memory is gone.
 *
 * @param priority the one tfjs registers the backend with
 */
export function dropBackend(name: string, priority: number): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory, priority);
}
