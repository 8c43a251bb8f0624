import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { officialNames } from './official-case';

it('compares with every reference case in tests/fixtures', () => {
  const files = readdirSync(new URL('../fixtures/', import.meta.url)).filter((file) =>
    file.endsWith('.safetensors'),
  );
  expect(files.sort()).toEqual(officialNames.map((name) => `${name}.safetensors`).sort());
});
