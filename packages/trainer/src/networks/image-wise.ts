import * as tfl from '@tensorflow/tfjs-layers';

type Layer = tfl.layers.Layer;

/**
 * Whether what a model makes of an image in training mode depends on that image alone, whatever others are in
 * the batch and whatever passed before: then two batches may pass as one, which takes half as many operations
 * of twice the size, and no sums of the two passes' gradients.
 *
 * It is known of some of tfjs's own layers, and true only where all are of these: not where batch statistics or
 * random numbers are, and not of layers or models of other classes, which may do anything. A subclass is
 * another class, and so is one whose `call` or `apply` was replaced.
 */
export function isImageWise(model: tfl.LayersModel): boolean {
  const known = new Set(imageWiseLayers().map((layer) => Object.getPrototypeOf(layer)));
  const check = (container: tfl.LayersModel): boolean =>
    isUnchanged(container) &&
    container.inputs.every(({ shape }) => shape[0] === null) &&
    container.layers.every((layer) =>
      isStockModel(layer)
        ? check(layer)
        : known.has(Object.getPrototypeOf(layer)) && isUnchanged(layer) && sparesBatch(layer),
    );
  return isStockModel(model) && check(model);
}

/** One of each class, for its prototype: a class registered in place of tfjs's own would have its name. */
function imageWiseLayers(): Layer[] {
  const { layers } = tfl;
  // A name of their own, or they would count in tfjs's automatic ones.
  const name = 'image_wise';
  const convolution = { name, filters: 1, kernelSize: 1 };
  const pooling = { name, poolSize: 1 };
  return [
    layers.inputLayer({ name, inputShape: [1] }),
    layers.dense({ name, units: 1 }),
    layers.conv1d(convolution),
    layers.conv2d(convolution),
    layers.conv2dTranspose(convolution),
    layers.conv3d(convolution),
    layers.conv3dTranspose(convolution),
    layers.depthwiseConv2d({ name, kernelSize: 1 }),
    layers.separableConv2d(convolution),
    layers.activation({ name, activation: 'linear' }),
    layers.elu({ name }),
    layers.leakyReLU({ name }),
    layers.prelu({ name }),
    layers.reLU({ name }),
    layers.softmax({ name }),
    layers.thresholdedReLU({ name }),
    layers.averagePooling1d(pooling),
    layers.averagePooling2d(pooling),
    layers.averagePooling3d(pooling),
    layers.maxPooling1d(pooling),
    layers.maxPooling2d(pooling),
    layers.maxPooling3d(pooling),
    layers.globalAveragePooling1d({ name }),
    layers.globalAveragePooling2d({ name }),
    layers.globalMaxPooling1d({ name }),
    layers.globalMaxPooling2d({ name }),
    layers.cropping2D({ name, cropping: 0 }),
    layers.zeroPadding2d({ name }),
    layers.upSampling2d({ name }),
    layers.flatten({ name }),
    layers.permute({ name, dims: [1] }),
    layers.repeatVector({ name, n: 1 }),
    layers.reshape({ name, targetShape: [1] }),
    layers.add({ name }),
    layers.average({ name }),
    layers.concatenate({ name }),
    layers.maximum({ name }),
    layers.minimum({ name }),
    layers.multiply({ name }),
    layers.layerNormalization({ name }),
  ];
}

/** Those of tfjs, none of which sees the batch: a layer's may also be of one's own class. */
const activations: ReadonlySet<unknown> = new Set([
  'elu',
  'gelu',
  'gelu_new',
  'hardSigmoid',
  'linear',
  'logSoftmax',
  'mish',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'tanh',
]);

/** Whether a layer's activation is known, and the axes it works along, by default the last, are not the batch. */
function sparesBatch(layer: Layer): boolean {
  const { activation = 'linear', axis } = layer.getConfig();
  const axes = [axis ?? -1].flat();
  const ranks = layer.inboundNodes.flatMap(({ inputTensors }) => inputTensors.map(({ rank }) => rank));
  return (
    activations.has(activation) &&
    ranks.every((rank) => axes.every((each) => typeof each === 'number' && (each + rank) % rank > 0))
  );
}

function isStockModel(layer: Layer): layer is tfl.LayersModel {
  const prototype: unknown = Object.getPrototypeOf(layer);
  return prototype === tfl.LayersModel.prototype || prototype === tfl.Sequential.prototype;
}

function isUnchanged(layer: Layer): boolean {
  return !Object.hasOwn(layer, 'call') && !Object.hasOwn(layer, 'apply');
}
