import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as core from './index';
import * as node from './node';

it('exports this and nothing else', () => {
  expect({ core: Object.keys(core).sort(), node: Object.keys(node).sort() }).toMatchInlineSnapshot(`
    {
      "core": [
        "ArgumentError",
        "EigenganError",
        "FormatError",
        "MissingPackageError",
        "TrainingError",
        "argumentError",
        "assertFields",
        "assertFinite",
        "assertInteger",
        "assertOneOf",
        "crc32",
        "crc32c",
        "decodeSafetensors",
        "describeValue",
        "encodeModelFiles",
        "encodeSafetensors",
        "fillNormal",
        "fillTruncatedNormal",
        "fillUniform",
        "formatError",
        "joinBytes",
        "libraryVersion",
        "maskedCrc32c",
        "messageOf",
        "missingPackage",
        "modelFileNames",
        "restoreStream",
        "seededStream",
        "shuffled",
        "updateKernels",
      ],
      "node": [
        "modelFolder",
        "removeLeftovers",
        "writeFileAtomic",
      ],
    }
  `);
});

it('knows its own version', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(core.libraryVersion).toBe(version);
});
