import type * as tfl from '@tensorflow/tfjs-layers';
import { leafLayers } from '../networks/leaf-layers';

/** Stock layers that draw random numbers in training mode, and the settings with which they do. */
const drawing: Readonly<Record<string, readonly string[]>> = {
  Dropout: ['rate'],
  SpatialDropout1D: ['rate'],
  GaussianNoise: ['stddev'],
  GaussianDropout: ['rate'],
  AlphaDropout: ['rate'],
  SimpleRNN: ['dropout', 'recurrentDropout'],
  GRU: ['dropout', 'recurrentDropout'],
  LSTM: ['dropout', 'recurrentDropout'],
  ConvLSTM2D: ['dropout', 'recurrentDropout'],
  RandomWidth: ['factor'],
  RandomHeight: ['factor'],
};

/** `name (class)` of each layer of a model that draws random numbers without a seed. */
export function unseededLayers(model: tfl.LayersModel): string[] {
  return leafLayers(model)
    .filter(({ layer }) => draws(layer.getClassName(), layer.getConfig()))
    .map(({ layer }) => `${layer.name} (${layer.getClassName()})`);
}

function draws(className: string, config: Readonly<Record<string, unknown>>): boolean {
  const wrapped = config.layer;
  if (isWrapped(wrapped)) return draws(wrapped.className, wrapped.config);
  const settings = drawing[className] ?? [];
  if (typeof config.seed === 'number') return false;
  return settings.some(
    (setting) => config[setting] !== undefined && config[setting] !== null && config[setting] !== 0,
  );
}

/** What TimeDistributed and Bidirectional say of the layer in them. */
function isWrapped(value: unknown): value is { className: string; config: Record<string, unknown> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'className' in value &&
    typeof value.className === 'string' &&
    'config' in value &&
    typeof value.config === 'object' &&
    value.config !== null
  );
}
