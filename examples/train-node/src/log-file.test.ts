import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log-file';

let path = '';
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'eigengan-')), 'log.jsonl');
});
afterEach(() => rm(join(path, '..'), { recursive: true }));

describe('openLog', () => {
  it('appends a line a record', async () => {
    const log = await openLog(path, 0);
    log.write({ step: 1, d_loss: 0.5 });
    log.write({ step: 2, d_loss: 0.25 });
    await log.close();
    expect(await readFile(path, 'utf8')).toBe('{"step":1,"d_loss":0.5}\n{"step":2,"d_loss":0.25}\n');
  });

  it('drops what came after the checkpoint, a line cut off by a crash too', async () => {
    await writeFile(path, '{"step":1}\n{"step":2,"seconds":7.5}\n{"step":3}\n{"step":4,"d_lo');
    const log = await openLog(path, 2);
    expect(log.secondsBefore).toBe(7.5);
    log.write({ step: 3 });
    await log.close();
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n{"step":2,"seconds":7.5}\n{"step":3}\n');
  });
});
