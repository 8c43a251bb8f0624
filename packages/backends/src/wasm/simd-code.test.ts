import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { assemblies, compileAssembly } from '../../scripts/compile-assembly';

test.each(assemblies)(
  'the committed module $constant is what assembly/ compiles to: npm run assembly writes it',
  async (assembly) => {
    expect(await readFile(assembly.target, 'utf8')).toBe(await compileAssembly(assembly));
  },
);
