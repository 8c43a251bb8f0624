import { EigenganError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import type { DecodeRequest, StartWorker } from './decode-worker';
import type { ImageForm } from './image-form';
import { workerPool } from './worker-pool';

const form: ImageForm = { height: 1, width: 1, channels: 1, fit: 'cover', background: [0, 0, 0] };
const picture = { height: 1, width: 1, channels: 1, data: Uint8Array.of(7) } as const;

/** Threads that answer, and end, when a test says so. */
function threads() {
  const started: {
    readonly requests: DecodeRequest[];
    busy: boolean;
    ended: boolean;
    answer(): void;
    die(reason: string): void;
  }[] = [];
  const start: StartWorker = (answered, ended) => {
    const requests: DecodeRequest[] = [];
    const thread = {
      requests,
      busy: false,
      ended: false,
      answer: () => {
        const { id } = requests.shift()!;
        const original = { height: 1, width: 1, channels: 1 };
        answered({ id, prepared: { image: Uint8Array.of(id), original } });
      },
      die: (reason: string) => ended(reason),
    };
    started.push(thread);
    return {
      send: (request) => requests.push(request),
      hold: (busy) => {
        thread.busy = busy;
      },
      end: async () => {
        thread.ended = true;
      },
    };
  };
  return { started, start };
}

describe('workerPool', () => {
  it('starts threads as they are needed, and gives each two tasks at most', async () => {
    const { started, start } = threads();
    const { prepare } = workerPool(start, 2);
    const images = Array.from({ length: 7 }, (_, i) => prepare(`${i}`, picture, form));
    expect(started.map(({ requests }) => requests.map(({ name }) => name))).toEqual([
      ['0', '2'],
      ['1', '3'],
    ]);
    expect(started.map(({ busy }) => busy)).toEqual([true, true]);
    started[1]!.answer();
    expect(started[1]!.requests.map(({ name }) => name)).toEqual(['3', '4']);
    while (started.some(({ requests }) => requests.length > 0)) {
      for (const thread of started) if (thread.requests.length > 0) thread.answer();
    }
    expect((await Promise.all(images)).map(({ image }) => image[0])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(started.map(({ busy }) => busy)).toEqual([false, false]);
    // Idle ones are used again.
    void prepare('again', picture, form);
    expect(started).toHaveLength(2);
  });

  it('fails what a thread had when it ended, and goes on with another', async () => {
    const { started, start } = threads();
    const { prepare } = workerPool(start, 1);
    const lost = [prepare('a', picture, form), prepare('b', picture, form)];
    const next = prepare('c', picture, form);
    started[0]!.die('exit code 134');
    for (const [i, one] of lost.entries()) {
      await expect(one).rejects.toThrow(
        `${['a', 'b'][i]}: the thread that decodes it must not end meanwhile, got exit code 134`,
      );
    }
    expect(started).toHaveLength(2);
    started[1]!.answer();
    expect((await next).image[0]).toBe(2);
  });

  it('fails a task when no thread can be started, and tries again with the next', async () => {
    const { started, start } = threads();
    let allowed = false;
    const { prepare } = workerPool((...handlers) => {
      if (!allowed) throw new EigenganError('not allowed');
      return start(...handlers);
    }, 2);
    await expect(prepare('a', picture, form)).rejects.toThrow('not allowed');
    allowed = true;
    const next = prepare('b', picture, form);
    started[0]!.answer();
    expect((await next).image).toHaveLength(1);
  });

  it('ends its threads when it is closed, and refuses what they had', async () => {
    const { started, start } = threads();
    const { prepare, close } = workerPool(start, 1);
    const refused = ['a', 'b', 'c'].map((name) => prepare(name, picture, form));
    const all = Promise.allSettled(refused);
    await close();
    expect(started[0]!.ended).toBe(true);
    for (const one of await all) expect(one).toMatchObject({ status: 'rejected' });
    await expect(refused[2]).rejects.toThrow('c: was not read, as its source was closed meanwhile');
    // That it ended, as it was told to, is no news.
    started[0]!.die('exit code 1');
    const next = prepare('d', picture, form);
    started[1]!.answer();
    expect((await next).image).toHaveLength(1);
  });
});
