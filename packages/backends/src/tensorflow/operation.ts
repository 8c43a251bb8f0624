import { integers } from './kept-numbers';
import {
  floatType,
  type TensorflowAttribute,
  type TensorflowBackend,
  type TensorflowOutput,
} from './tensorflow-package';

/**
 * Runs one operation on float32 tensors, by TensorFlow's numbers of them. tfjs does not know of the result:
 * it is to be deleted, or given to `createOutputTensor`.
 */
export function execute(
  backend: TensorflowBackend,
  name: string,
  attributes: readonly TensorflowAttribute[],
  inputs: readonly number[],
): TensorflowOutput {
  const [output] = backend.binding.executeOp(name, [floatType(backend), ...attributes], inputs, 1);
  if (output === undefined) throw new Error(`tensorflow: ${name} gave no tensor`);
  return output;
}

/** A float32 tensor of the same data in another shape. */
export function reshaped(backend: TensorflowBackend, id: number, shape: readonly number[]): TensorflowOutput {
  return execute(backend, 'Reshape', [integerType(backend, 'Tshape')], [id, integers(backend, shape)]);
}

export function flag({ binding }: TensorflowBackend, name: string, value: boolean): TensorflowAttribute {
  return { name, type: binding.TF_ATTR_BOOL, value };
}

/** An attribute that says that shapes or axes are int32. */
export function integerType({ binding }: TensorflowBackend, name: string): TensorflowAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 };
}
