import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const exact = new Set(['abs', 'floor', 'max', 'min', 'sqrt', 'PI']);

it.each(['drawing', 'factors', 'portraits', 'rooms', 'sprites'])(
  '%s uses nothing that engines may round differently',
  async (name) => {
    const folder = join(import.meta.dirname, '..', name);
    const files = (await readdir(folder)).filter((file) => !file.endsWith('.test.ts'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll(/`Math\.\w+`/g, '');
      const used = Array.from(text.matchAll(/Math\.(\w+)/g), ([, method = '']) => method);
      expect(
        used.filter((method) => !exact.has(method)),
        file,
      ).toEqual([]);
      expect(text, file).not.toContain(' ** ');
    }
  },
);
