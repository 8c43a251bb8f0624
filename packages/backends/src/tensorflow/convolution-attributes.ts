import type { ConvolutionAttributes } from './convolution-margins';
import type { TensorflowAttribute, TensorflowBackend } from './tensorflow-package';

/** What TensorFlow's convolutions of NHWC images are told beside the type, given 'same' or 'valid' for `pad`. */
export function convolutionAttributes(
  { binding }: TensorflowBackend,
  { strides, dilations = 1, pad }: ConvolutionAttributes,
): TensorflowAttribute[] {
  const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value });
  const steps = (name: string, value: [number, number] | number) => {
    const [height, width] = typeof value === 'number' ? [value, value] : value;
    return { name, type: binding.TF_ATTR_INT, value: [1, height, width, 1] };
  };
  return [
    steps('strides', strides),
    steps('dilations', dilations),
    text('padding', String(pad).toUpperCase()),
    text('data_format', 'NHWC'),
  ];
}
