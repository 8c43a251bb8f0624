import '@tensorflow/tfjs-backend-cpu';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { createDiscriminator, createGenerator, officialWeights, readWeightsByRole } from './index';
import { type InventoryEntry, readInventory } from './testing/cases';

test.each(Object.entries(readInventory()))(
  '%s has the official variables, shapes, counts and initial values',
  async (_, inventory) => {
    const { size, channels, dim_10: width } = inventory;
    const generator = createGenerator({
      size,
      channels,
      width,
      ranks: inventory.z_dims,
      noise: inventory.eps_dim,
    });
    const discriminator = createDiscriminator({ size, channels, width, denseWidth: inventory.fc_dim });
    expect(generator.countParams()).toBe(inventory.parameters.generator);
    expect(discriminator.countParams()).toBe(inventory.parameters.discriminator);
    const names = [generator, discriminator].flatMap((model) =>
      officialWeights(model).map(({ name }) => name),
    );
    expect(names.sort()).toEqual(Object.keys(inventory.variables).sort());
    for (const model of [generator, discriminator]) {
      await compareStart(model, inventory.variables);
      model.dispose();
    }
  },
);

async function compareStart(model: tfl.LayersModel, official: Record<string, InventoryEntry>): Promise<void> {
  const records = await readWeightsByRole(model);
  for (const { role, name, officialShape } of officialWeights(model)) {
    const entry = official[name];
    const values = records[role]?.data ?? new Float32Array();
    expect(officialShape, name).toEqual(entry?.shape);
    if (entry?.initial_std !== undefined && entry.initial_max_abs !== undefined) {
      const { deviation, largest } = spread(values);
      // Five standard errors of a measured deviation, theirs and ours.
      const tolerance = 5 * Math.sqrt(1 / values.length);
      expect(Math.abs(deviation / entry.initial_std - 1), name).toBeLessThan(tolerance + 1e-3);
      expect(Math.abs(largest / entry.initial_max_abs - 1), name).toBeLessThan(tolerance + 1e-3);
    } else if (typeof entry?.initial === 'string') {
      const rank = officialShape.at(-1) ?? 0;
      for (let i = 0; i < rank; i++) {
        for (let j = 0; j <= i; j++) {
          expect(rowProduct(values, values.length / rank, i, j), name).toBeCloseTo(i === j ? 1 : 0, 5);
        }
      }
    } else {
      const expected = [entry?.initial ?? Number.NaN].flat();
      expect([...new Set(values)], name).toEqual(expected);
    }
  }
}

function spread(values: ArrayLike<number>) {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value;
    squares += value ** 2;
    largest = Math.max(largest, Math.abs(value));
  }
  const mean = sum / values.length;
  return { deviation: Math.sqrt(squares / values.length - mean ** 2), largest };
}

function rowProduct(values: ArrayLike<number>, length: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (values[i * length + k] ?? 0) * (values[j * length + k] ?? 0);
  return sum;
}
