import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** A tfjs URL such as `indexeddb://faces` or `https://.../model.json`, or an IO handler. */
export type ModelTarget = string | tf.io.IOHandler;

/** The artifacts of a saved model. @throws ArgumentError when there is no handler for the URL */
export async function readArtifacts(source: ModelTarget): Promise<tf.io.ModelArtifacts> {
  const handler = typeof source === 'string' ? handlerOf(source) : source;
  if (handler.load === undefined)
    throw argumentError('loadGenerator', 'the handler must be able to load', source);
  return handler.load();
}

function handlerOf(url: string): tf.io.IOHandler {
  // As tfjs does: a registered scheme, or else a fetch.
  const [registered] = tf.io.getLoadHandlers(url);
  return registered ?? tf.io.http(url);
}
