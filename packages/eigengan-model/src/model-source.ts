import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** A tfjs URL such as `indexeddb://faces` or `https://.../model.json`, or an IO handler. */
export type ModelTarget = string | tf.io.IOHandler;

const hint = 'In Node without tfjs-node, folders are read and written by modelFolder of @eigengan/core/node.';

/** The artifacts of a saved model. @throws ArgumentError when there is none that tfjs can read */
export async function readArtifacts(source: ModelTarget): Promise<tf.io.ModelArtifacts> {
  if (typeof source === 'string') return fetched(source);
  if (source.load !== undefined) return source.load();
  throw argumentError('loadGenerator', 'the handler must be able to load', source);
}

/** @throws ArgumentError when it is a URL that tfjs cannot write to */
export function assertWritable(target: ModelTarget): void {
  if (typeof target !== 'string' || tf.io.getSaveHandlers(target).length > 0) return;
  throw argumentError('saveGenerator', 'must be a URL that tfjs can write to', target, { hint });
}

/** Saves artifacts that `assertWritable` let pass. */
export async function writeArtifacts(
  target: ModelTarget,
  artifacts: tf.io.ModelArtifacts,
): Promise<tf.io.SaveResult> {
  const handler = typeof target === 'string' ? tf.io.getSaveHandlers(target)[0] : target;
  if (handler?.save === undefined) throw argumentError('saveGenerator', 'must be able to save', target);
  return handler.save(artifacts);
}

async function fetched(url: string): Promise<tf.io.ModelArtifacts> {
  // As tfjs does: a registered scheme, or else a fetch.
  const [registered] = tf.io.getLoadHandlers(url);
  const handler = registered ?? tf.io.http(url);
  try {
    return (await handler.load?.()) ?? {};
  } catch (cause) {
    throw argumentError('loadGenerator', 'must be a saved model that tfjs can read', url, { cause, hint });
  }
}
