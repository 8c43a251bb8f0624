import * as tf from '@tensorflow/tfjs-core';

/** What is used of a node of the tape: one kernel that ran. */
interface TapeNode {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  readonly saved?: readonly tf.Tensor[];
}

type AddTapeNode = (...parts: readonly unknown[]) => void;

/** On our function, so that it is put in place once, also when two copies of this package do it. */
const ours = Symbol.for('eigengan.tapeOrder');

/**
 * Lets gradients that save their result be differentiated again, where they are out of `registerGradient`'s
 * reach: in `tf.customGrad`, so in `tf.logSoftmax`.
 *
 * Saving makes a copy, and tfjs writes "copy of y" on its tape before "y made of x": followed from x, the
 * copy does not depend on x, and the second order is silently wrong. Written after it, the copy does. The
 * first order never looks at the copies.
 *
 * @returns Whether it is in place: the tape is tfjs's own affair, and another version may keep it otherwise.
 */
export function orderTape(): boolean {
  const engine: object = tf.engine();
  const addTapeNode: unknown = Reflect.get(engine, 'addTapeNode');
  if (typeof addTapeNode !== 'function') return false;
  if (Reflect.get(addTapeNode, ours) === true) return true;
  const ordered: AddTapeNode = (...parts) => {
    Reflect.apply(addTapeNode, engine, parts);
    const state: unknown = Reflect.get(engine, 'state');
    const tape: unknown = typeof state === 'object' && state !== null && Reflect.get(state, 'activeTape');
    if (Array.isArray(tape)) moveCopiesOfResult(tape);
  };
  Object.defineProperty(ordered, ours, { value: true });
  return Reflect.set(engine, 'addTapeNode', ordered);
}

/** Moves the copies of the last node's outputs behind it. */
function moveCopiesOfResult(tape: TapeNode[]): void {
  const last = tape.length - 1;
  const node = tape[last];
  if (node === undefined) return;
  const waiting = new Set(node.saved?.map(({ id }) => id));
  const made = new Set(node.outputs.map(({ id }) => id));
  const copies: TapeNode[] = [];
  for (let i = last - 1; i >= 0 && waiting.size > 0; i--) {
    const [copy, original] = [tape[i]?.outputs[0], tape[i]?.inputs.x];
    if (copy === undefined || !waiting.delete(copy.id)) continue;
    if (original !== undefined && made.has(original.id)) copies.unshift(...tape.splice(i, 1));
  }
  tape.push(...copies);
}
