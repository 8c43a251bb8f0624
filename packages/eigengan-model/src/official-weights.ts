import { ArgumentError, argumentError, type TensorRecord } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type OfficialWeight, officialWeights } from './official-names';
import { readWeightsByRole, setWeightsByRole } from './roles';

/** Tensors by name. */
export type TensorRecords = Readonly<Record<string, TensorRecord>>;

/**
 * Gives a generator and a discriminator the weights of the official ones. Either may be left out
 * (`undefined`); names of the one left out are then not looked at.
 *
 * @param records official variable name (`G/U_0`, `D/convolution/weights`, ...) -> values
 * @throws ArgumentError naming what is unknown, missing or of another shape; then nothing is set
 */
export function loadOfficialWeights(
  generator: tfl.LayersModel | undefined,
  discriminator: tfl.LayersModel | undefined,
  records: TensorRecords,
): void {
  const jobs = modelsOf(generator, discriminator).map(({ model, scope }) => ({
    model,
    values: fromOfficial(model, inScope(records, scope)),
  }));
  const stray = Object.keys(records).filter((name) => !/^[GD]\//.test(name));
  if (stray.length > 0) throw argumentError('loadOfficialWeights', 'names must begin with G/ or D/', stray);
  for (const { model, values } of jobs) setWeightsByRole(model, values);
}

/** The weights of a generator, a discriminator, or both under their official names and in their layout. */
export async function toOfficialWeights(
  generator: tfl.LayersModel | undefined,
  discriminator: tfl.LayersModel | undefined,
): Promise<Record<string, TensorRecord>> {
  const records: Record<string, TensorRecord> = {};
  for (const { model } of modelsOf(generator, discriminator)) {
    Object.assign(records, toOfficial(model, await readWeightsByRole(model)));
  }
  return records;
}

/**
 * Tensors under official names (weights, gradients, moments, ...) to the roles and layout of a model.
 *
 * @throws ArgumentError naming what is unknown, missing or of another shape
 */
export function fromOfficial(model: tfl.LayersModel, records: TensorRecords): Record<string, TensorRecord> {
  const weights = officialWeights(model);
  refuseMismatch(model, weights, Object.keys(records));
  const values: Record<string, TensorRecord> = {};
  for (const { role, name, shape, officialShape, layout } of weights) {
    const record = records[name];
    if (record === undefined) continue;
    checkShape(name, officialShape, record);
    const data = layout === 'transposed' ? transpose(record, officialShape.at(-1) ?? 1) : record.data;
    values[role] = { dtype: record.dtype, shape, data };
  }
  return values;
}

/**
 * Tensors by role to the official names and layout; roles may be missing.
 *
 * @throws ArgumentError naming a role that is unknown or of another shape
 */
export function toOfficial(model: tfl.LayersModel, values: TensorRecords): Record<string, TensorRecord> {
  const weights = new Map(officialWeights(model).map((weight) => [weight.role, weight]));
  const records: Record<string, TensorRecord> = {};
  for (const [role, value] of Object.entries(values)) {
    const weight = weights.get(role);
    if (weight === undefined) throw argumentError('toOfficial', `must be a role of ${model.name}`, role);
    checkShape(role, weight.shape, value);
    const { name, officialShape, layout } = weight;
    const data =
      layout === 'transposed' ? transpose(value, value.data.length / (value.shape[0] ?? 1)) : value.data;
    records[name] = { dtype: value.dtype, shape: officialShape, data };
  }
  return records;
}

function modelsOf(generator: tfl.LayersModel | undefined, discriminator: tfl.LayersModel | undefined) {
  return [
    { model: generator, scope: 'G/' },
    { model: discriminator, scope: 'D/' },
  ].flatMap(({ model, scope }) => (model === undefined ? [] : [{ model, scope }]));
}

function inScope(records: TensorRecords, scope: string): TensorRecords {
  return Object.fromEntries(Object.entries(records).filter(([name]) => name.startsWith(scope)));
}

function refuseMismatch(model: tfl.LayersModel, weights: OfficialWeight[], names: string[]): void {
  const known = weights.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  const missing = known.filter((name) => !names.includes(name));
  if (unknown.length === 0 && missing.length === 0) return;
  const parts = [
    missing.length === 0 ? '' : `missing ${missing.join(', ')}`,
    unknown.length === 0 ? '' : `unknown ${unknown.join(', ')}`,
  ].filter(Boolean);
  throw new ArgumentError(`fromOfficial: the names must be those of ${model.name}, got ${parts.join('; ')}`);
}

function checkShape(name: string, shape: readonly number[], record: TensorRecord): void {
  if (shape.length === record.shape.length && shape.every((size, i) => size === record.shape[i])) return;
  throw argumentError(`official weights: ${name}`, `shape must be [${shape.join(', ')}]`, record.shape);
}

/** Swaps the axes of a matrix, read as rows of `columns` numbers. */
function transpose({ data }: TensorRecord, columns: number): TensorRecord['data'] {
  const rows = data.length / columns;
  const swapped = data.slice();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      swapped[column * rows + row] = data[row * columns + column] ?? 0;
    }
  }
  return swapped;
}
