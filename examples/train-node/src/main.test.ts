import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** The example in a process of its own; `watch` sees what it has printed so far. */
function start(
  args: readonly string[],
  watch: (text: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { cwd: root });
  return new Promise((resolve) => {
    let text = '';
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      watch(text, child);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('close', (code) => resolve({ code, text }));
  });
}

/** With one thread: helpers that wait keep cores from the tests beside. */
const tiny = ['--size', '16', '--batch', '4', '--threads', '1'];
const small = [...tiny, '--steps', '3'];

describe('train-node', () => {
  it('stops at Ctrl-C with everything saved, and says how to go on', async () => {
    const out = join(folder, 'interrupted');
    let sent = false;
    const { code, text } = await start([...tiny, '--steps', '100000', '--out', out], (printed, child) => {
      if (sent || !printed.includes('step 1/')) return;
      sent = true;
      child.kill('SIGINT');
    });
    expect(code).toBe(0);
    expect(text).toContain(`--resume ${out}`);
    const files = await readdir(out);
    expect(files).toEqual(
      expect.arrayContaining(['checkpoint.safetensors', 'config.json', 'log.jsonl', 'model', 'report.html']),
    );
    const report = await readFile(join(out, 'report.html'), 'utf8');
    expect(report).toContain('<th scope="row">backend</th><td>wasm ');
    for (const heading of ['Samples over time', 'Most active dimensions', 'Spectra', 'Orthonormality']) {
      expect(report).toMatch(new RegExp(`>${heading}</h2>\\n(<p>.*</p>)?<(figure|div)`));
    }
    expect(files.filter((file) => file.startsWith('traversal-'))).toHaveLength(1);
    const steps = (await readFile(join(out, 'log.jsonl'), 'utf8')).trimEnd().split('\n').length;
    const resumed = await start(['--resume', out, '--threads', '1', '--steps', String(steps + 2)]);
    expect(resumed.code).toBe(0);
    expect(existsSync(join(out, `traversal-${steps + 2}.png`))).toBe(true);
  });

  it('learns from a folder of images and names the files it skipped', async () => {
    const images = join(folder, 'photos');
    await mkdir(images);
    for (let i = 0; i < 6; i++) {
      const image = sharp({
        create: { width: 40, height: 30, channels: 3, background: { r: 40 * i, g: 90, b: 20 } },
      });
      await image.jpeg().toFile(join(images, `${i}.JPG`));
    }
    await writeFile(join(images, 'broken.png'), 'not a picture');
    const { code, text } = await start([...small, '--data', images, '--out', join(folder, 'from-photos')]);
    expect(text).toContain('6 images');
    expect(text).toContain('skipped broken.png');
    expect(code).toBe(0);
  });

  it('learns from gzipped gray images', async () => {
    const path = join(folder, 'gray.gz');
    const header = [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 28, 0, 0, 0, 28];
    await writeFile(
      path,
      gzipSync(Uint8Array.from([...header, ...Array.from({ length: 5 * 784 }, (_, i) => i % 256)])),
    );
    const { code, text } = await start([...small, '--data', path, '--out', join(folder, 'from-idx')]);
    expect(text).toContain('5 images');
    expect(code).toBe(0);
  });

  it('refuses, in one line and without a run folder, what it cannot learn from', async () => {
    const cases = [
      { args: ['--data', join(folder, 'nowhere')], says: 'there is no' },
      {
        args: ['--data', join(folder, 'photos'), '--batch', '8'],
        says: 'at least one batch of 8 images, got 7',
      },
    ];
    const out = join(folder, 'refused');
    for (const { args, says } of cases) {
      const { code, text } = await start([...small, ...args, '--out', out]);
      expect(text).toContain(says);
      expect(text).not.toMatch(/^\s+at /m);
      expect(code).toBe(1);
      expect(existsSync(out)).toBe(false);
    }
  });
});
