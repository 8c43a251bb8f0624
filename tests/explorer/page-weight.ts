import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Kilobytes, packed by gzip, that the page may fetch until its first picture. */
const budget = { code: 450, wasm: 160, model: 3000 };

/** Weighs what was fetched from a built page. */
export async function assertLight(folder: string, requests: readonly string[]): Promise<string> {
  const weights = { code: 0, wasm: 0, model: 0 };
  for (const path of new Set(requests.map((url) => new URL(url, 'http://localhost').pathname))) {
    const file = path === '/' ? 'index.html' : path.slice(1);
    const bytes = gzipSync(await readFile(join(folder, file))).length / 1000;
    weights[file.startsWith('model/') ? 'model' : file.endsWith('.wasm') ? 'wasm' : 'code'] += bytes;
  }
  assert.ok(weights.wasm > 0 && weights.model > 0, 'the worker’s requests must be among those weighed');
  for (const [kind, weight] of Object.entries(weights)) {
    const most = budget[kind as keyof typeof budget];
    assert.ok(weight <= most, `${kind} must be at most ${most} kB, got ${weight.toFixed(0)}`);
  }
  const words = Object.entries(weights).map(([kind, weight]) => `${kind} ${weight.toFixed(0)} kB`);
  return words.join(', ');
}
