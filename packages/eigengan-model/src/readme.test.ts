import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { examplesOf, runInFreshProcess } from '../../../tests/fresh-process';
import { createDiscriminator, createGenerator, officialWeights, presets } from './index';
import { readInventory } from './testing/cases';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The cells of the table rows that begin with a code word. */
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test.each([0, 1])('example %i runs and prints what it says', async (example) => {
  const code = examplesOf(new URL('../README.md', import.meta.url))[example] ?? '';
  const [, printed = 'nothing'] = [...readme.matchAll(/It prints `(.*?)`/g)][example] ?? [];
  expect(await runInFreshProcess(code)).toContain(printed);
});

test('the presets have the parameters it says', () => {
  const inventory = readInventory();
  for (const [name, { generator, discriminator }] of Object.entries(presets)) {
    const official = inventory[name];
    if (official !== undefined) {
      // Models of these options are made and counted where they are compared with the inventory.
      const { size, channels, z_dims: ranks, eps_dim: noise, dim_10: width, fc_dim: denseWidth } = official;
      expect(generator).toEqual({ size, channels, width, maxWidth: 512, ranks, noise });
      expect(discriminator).toEqual({ size, channels, width, maxWidth: 512, denseWidth });
    }
    const counts = official?.parameters ?? {
      generator: parametersOf(createGenerator(generator)),
      discriminator: parametersOf(createDiscriminator(discriminator)),
    };
    const shown = [counts.generator, counts.discriminator].map((count) => count.toLocaleString('en-US'));
    const row = rows.find(([cell]) => cell === `\`${name}\``);
    expect(row?.slice(1, 4)).toEqual([String(generator.size), ...shown]);
  }
});

function parametersOf(model: tfl.LayersModel): number {
  const count = model.countParams();
  model.dispose();
  return count;
}

/** A row of the weight tables with its names and sizes filled in. */
function fill(text: string, sizes: Readonly<Record<string, number>>): string {
  return text
    .replace(/\((\d)([in])(?:\+(\d))?\)/g, (_, factor, name, term = 0) =>
      String(Number(factor) * (sizes[name] ?? 0) + Number(term)),
    )
    .replace(/(block|down|U|L|mu)_i/, `$1_${sizes.i}`)
    .replace(/_0\/(weights|biases)/, '/$1');
}

function shapeOf(text: string, sizes: Readonly<Record<string, number>>): number[] {
  const size = (factor: string) => (/^\d+$/.test(factor) ? Number(factor) : (sizes[factor] ?? Number.NaN));
  return text
    .slice(1, -1)
    .split(', ')
    .map((product) => product.split(' * ').reduce((total, factor) => total * size(factor), 1));
}

function tableOf(prefix: string, steps: number, sizesAt: (i: number) => Record<string, number>) {
  return rows
    .filter(([role, name]) => name?.startsWith(`\`${prefix}/`) && role !== undefined)
    .flatMap(([role = '', name = '', shape = '', official = '']) =>
      Array.from({ length: role.includes('_i') ? steps : 1 }, (_, i) => {
        const sizes = { ...sizesAt(i), i, n: steps };
        return {
          role: fill(role, sizes).replaceAll('`', ''),
          name: fill(name, sizes).replaceAll('`', ''),
          shape: shapeOf(shape, sizes),
          officialShape: shapeOf(official === '' ? shape : official, sizes),
        };
      }),
    );
}

const byRole = (a: { role: string }, b: { role: string }) => (a.role < b.role ? -1 : 1);

function weightsOf(model: tfl.LayersModel) {
  return officialWeights(model)
    .map(({ role, name, shape, officialShape }) => ({ role, name, shape, officialShape }))
    .sort(byRole);
}

test('the tables of roles, official names and shapes are those of the models', () => {
  // 24 x 40 pixels in three doublings of 3 x 5, with 32, 16, 8 and 4 features.
  const shared = { size: [24, 40], base: [3, 5], channels: 4, width: 0.125 } as const;
  const features = [32, 16, 8, 4];
  const at = (i: number) => features[i] ?? Number.NaN;
  const generator = createGenerator({ ...shared, ranks: 2, noise: 7 });
  const generatorTable = tableOf('G', 3, (i) => ({
    ...{ noise: 7, channels: 4, h0: 3, w0: 5, c0: 32, last: 4, rank: 2 },
    ...{ h: 3 * 2 ** i, w: 5 * 2 ** i, c: at(i), d: at(i + 1) },
  }));
  expect(generatorTable.sort(byRole)).toEqual(weightsOf(generator));
  const discriminator = createDiscriminator({ ...shared, denseWidth: 9 });
  const discriminatorTable = tableOf('D', 3, (i) => ({
    ...{ channels: 4, first: 4, h0: 3, w0: 5, c0: 32, dense: 9 },
    ...{ e: at(3 - i), f: at(2 - i) },
  }));
  expect(discriminatorTable.sort(byRole)).toEqual(weightsOf(discriminator));
});
