import * as tf from '@tensorflow/tfjs-core';
import { patchProperties } from '../patch-properties';

/** Where in a loss an operation runs. */
export type Pass = 'forward' | 'gradient' | 'second order';

/** Where the computation is. */
export interface Place {
  pass: Pass;
  /** The layer whose operation runs, or is being differentiated. */
  layer: string | undefined;
  /** What was thrown last, and where. */
  thrown?: { readonly error: unknown; readonly pass: Pass; readonly layer: string | undefined } | undefined;
}

type CustomGradient<R extends tf.Tensor> = Parameters<typeof tf.customGrad<R>>[0];

/**
 * Runs `compute` while tfjs's engine tells where it is: `place` follows it into gradients and gradients of
 * gradients, and back to the layer whose operation is differentiated. Operations without a gradient get one of
 * zeros, so that those after it are found too.
 *
 * @param withoutGradient Called each time such an operation is differentiated.
 */
export function watchingEngine<T>(
  place: Place,
  withoutGradient: (kernelName: string) => void,
  compute: () => T,
): T {
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  const gradients = engine.gradients.bind(engine);
  const customGrad = engine.customGrad.bind(engine);
  // Whether a gradient was taken inside the one that is being taken.
  let nested = false;

  const watchedRunKernel = <R extends tf.Tensor | tf.Tensor[]>(
    kernelName: string,
    inputs: tf.NamedTensorMap,
    attrs?: tf.NamedAttrMap,
  ): R => {
    const own: tf.GradConfig | undefined = tf.getGradient(kernelName);
    const config = own ?? zeroGradient(kernelName, inputs, () => withoutGradient(kernelName));
    const { layer } = place;
    const gradFunc: tf.GradFunc = (dy, saved, named) =>
      within(place, { layer }, () => {
        const parts = Object.entries(config.gradFunc(dy, saved, named));
        // Each part is computed later, when the place is another one.
        return Object.fromEntries(parts.map(([name, part]) => [name, () => within(place, { layer }, part)]));
      });
    tf.registerGradient({ ...config, gradFunc });
    try {
      return runKernel<R>(kernelName, inputs, attrs);
    } finally {
      if (own === undefined) tf.unregisterGradient(kernelName);
      else tf.registerGradient(own);
    }
  };
  const watchedGradients = <R extends tf.Tensor>(
    f: () => R,
    xs: tf.Tensor[],
    dy?: R,
    allowNone?: boolean,
  ) => {
    const outside = place.pass;
    nested = false;
    const differentiated = () => {
      const y = f();
      place.pass = nested || outside !== 'forward' ? 'second order' : 'gradient';
      return y;
    };
    try {
      return gradients(differentiated, xs, dy, allowNone);
    } catch (error) {
      noteError(place, error);
      throw error;
    } finally {
      place.pass = outside;
      nested = true;
    }
  };
  const watchedCustomGrad = <R extends tf.Tensor>(f: CustomGradient<R>) =>
    customGrad<R>((...args) => {
      const { layer } = place;
      const { value, gradFunc } = f(...args);
      return { value, gradFunc: (dy, saved) => within(place, { layer }, () => gradFunc(dy, saved)) };
    });

  const restore = patchProperties(engine, {
    runKernel: { value: watchedRunKernel },
    gradients: { value: watchedGradients },
    customGrad: { value: watchedCustomGrad },
  });
  try {
    return compute();
  } finally {
    restore();
  }
}

/** Runs `compute` in another place. */
export function within<T>(place: Place, change: Partial<Place>, compute: () => T): T {
  const { pass, layer } = place;
  Object.assign(place, change);
  try {
    return compute();
  } catch (error) {
    noteError(place, error);
    throw error;
  } finally {
    Object.assign(place, { pass, layer });
  }
}

/** Where an error was thrown first, though the place has been left since. */
export function placeOfError({ pass, layer, thrown }: Place, error: unknown): Omit<Place, 'thrown'> {
  return thrown !== undefined && thrown.error === error
    ? { pass: thrown.pass, layer: thrown.layer }
    : { pass, layer };
}

function noteError(place: Place, error: unknown): void {
  const { pass, layer, thrown } = place;
  if (thrown?.error !== error) place.thrown = { error, pass, layer };
}

/** A gradient of zeros that depends on the inputs and on `dy`, as a real one may. */
function zeroGradient(kernelName: string, inputs: tf.NamedTensorMap, asked: () => void): tf.GradConfig {
  const names = Object.keys(inputs).filter((name) => inputs[name] instanceof tf.Tensor);
  return {
    kernelName,
    inputsToSave: names,
    gradFunc: (dy, saved) => {
      asked();
      const from = tf.mul(0, tf.addN([dy].flat().map((each) => tf.sum(each))));
      return Object.fromEntries(
        names.map((name, i) => [
          name,
          () => tf.add(tf.mul(0, tf.cast(saved[i] ?? tf.scalar(0), 'float32')), from),
        ]),
      );
    },
  };
}
