import type * as tf from '@tensorflow/tfjs-core';

/** What is used of `@tensorflow/tfjs-node` and `-gpu`; their own types would make them hard dependencies. */
export interface TensorflowPackage {
  readonly version: { readonly 'tfjs-node': string };
}

/** What the backend keeps of a tensor's data. */
export interface TensorflowRecord {
  readonly shape: readonly number[];
  /** TensorFlow's number of the type. */
  readonly dtype: number;
  /** Numbers that TensorFlow does not have yet. */
  readonly values: tf.BackendValues | null;
  /** TensorFlow's number of the tensor. */
  readonly id: number | null;
  refCount: number;
}

/** What is used of their backend. */
export interface TensorflowBackend {
  readonly tensorMap: {
    get(dataId: tf.DataId): TensorflowRecord & { id: number | null };
    set(dataId: tf.DataId, record: TensorflowRecord): void;
  };
  incRef(dataId: tf.DataId): void;
  /** One user of the data less; the last one frees it. */
  disposeData(dataId: tf.DataId): boolean;
  /** Whether TensorFlow found a GPU and computes on it. */
  readonly isUsingGpuDevice: boolean;
  readonly binding: {
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_SHAPE: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
    /** Makes a tensor of TensorFlow, of numbers in this process's memory; gives its number. */
    createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
    deleteTensor(id: number): void;
    /** Runs one operation of TensorFlow on its own tensors, by their numbers. */
    executeOp(
      name: string,
      attributes: readonly TensorflowAttribute[],
      inputs: readonly number[],
      outputs: number,
    ): TensorflowOutput[];
  };
  /** TensorFlow's numbers of tensors; what it does not have yet is handed over. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  /** A tensor of tfjs for one of TensorFlow's. */
  createOutputTensor(output: TensorflowOutput): tf.Tensor;
  /** Runs one operation of TensorFlow. */
  executeSingleOutput(
    name: string,
    attributes: readonly TensorflowAttribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
}

/** A tensor that an operation gave. */
export interface TensorflowOutput {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

export interface TensorflowAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string | boolean | readonly number[];
}

/** The attribute `T: float32` that most operations ask for. */
export function floatType({ binding }: TensorflowBackend): TensorflowAttribute {
  return { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}
