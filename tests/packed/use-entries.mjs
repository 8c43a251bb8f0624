// Runs in an empty project that has only the packed packages and tfjs: imports every entry of every package, as
// ESM and as CommonJS, and writes a program that imports all of them, for TypeScript.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const folder = 'node_modules/@eigengan';
const lines = [];
for (const name of readdirSync(folder)) {
  const { exports } = JSON.parse(readFileSync(`${folder}/${name}/package.json`));
  for (const path of Object.keys(exports)) {
    if (path.endsWith('.json')) continue;
    const entry = `@eigengan/${name}${path.slice(1)}`;
    const names = Object.keys(await import(entry));
    assert.ok(names.length > 0, entry);
    assert.deepEqual(Object.keys(require(entry)).sort(), names.sort(), entry);
    lines.push(`export * as entry${lines.length} from '${entry}';`);
  }
}
writeFileSync('entries.ts', lines.join('\n'));
console.log(`imported ${lines.length} entries`);
