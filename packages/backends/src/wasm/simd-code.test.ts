import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compileAssembly, target } from '../../scripts/compile-assembly';

test('the committed module is what assembly/ compiles to: npm run assembly writes it', async () => {
  expect(await readFile(target, 'utf8')).toBe(await compileAssembly());
});
