import { describe, expect, it, vi } from 'vitest';
import type { Picture } from '../picture';
import type { Explorable } from './explorable';
import { mostPins } from './pins';
import { ExplorerSession } from './session';

const picture = (value: number): Picture => ({ width: 1, height: 1, data: Uint8Array.of(value, 0, 0, 255) });

/** A model of three dimensions in two layers whose picture's red is the sum of its latents. */
function start(render?: Explorable['render']) {
  const events = { changed: vi.fn(), rendered: vi.fn(), failed: vi.fn() };
  const model: Explorable = {
    dimensions: [
      { id: 'deep/0', layer: 1, importance: 1 },
      { id: 'deep/1', layer: 1, importance: -4 },
      { id: 'last/0', layer: 'Last', importance: 2, range: [0, 6] },
    ],
    render: render ?? ((latents) => picture(latents.reduce((sum, value) => sum + value, 100))),
  };
  return { session: new ExplorerSession(model, events), ...events };
}

/** Until nothing is under way any more. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a session', () => {
  it('shows the mode first, then what is moved', async () => {
    const { session, rendered } = start();
    await settled();
    expect(session.picture).toEqual(picture(100));
    session.move('deep/1', 2.5);
    await settled();
    expect(Array.from(session.latents())).toEqual([0, 2.5, 0]);
    expect(session.picture?.data[0]).toBe(102);
    expect(rendered).toHaveBeenCalledTimes(2);
  });

  it('has one picture under way at most, and then the newest', async () => {
    let underWay = 0;
    const seen: number[] = [];
    const { session } = start(async (latents) => {
      expect(++underWay).toBe(1);
      await settled();
      underWay--;
      seen.push(latents[0] ?? 0);
      return picture(0);
    });
    for (let i = 1; i <= 50; i++) session.move('deep/0', i / 50);
    await vi.waitFor(() => expect(seen).toEqual([0, 1]));
  });

  it('makes a drag one step to undo', async () => {
    const { session } = start();
    session.move('deep/0', 1);
    session.move('deep/0', 2);
    expect(session.canUndo).toBe(false);
    expect(session.commit()).toBe(true);
    expect(session.commit()).toBe(false);
    session.go({ seed: 5, truncation: 1 });
    expect(session.state).toEqual({ seed: 5, truncation: 1, moved: {} });
    session.undo();
    expect(session.state.moved).toEqual({ 'deep/0': 2 });
    session.undo();
    expect(session.state.moved).toEqual({});
    expect(session.undo()).toBe(false);
    session.redo();
    expect(session.state.moved).toEqual({ 'deep/0': 2 });
    session.move('deep/0', undefined);
    session.commit();
    expect(session.canRedo).toBe(false);
  });

  it('draws a strip along a dimension after the picture, and anew when something else moves', async () => {
    const { session } = start();
    session.strips.preview('last/0');
    expect(session.strips.strip?.pictures).toEqual([]);
    await settled();
    expect(session.strips.strip?.values).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(session.strips.strip?.pictures.map((one) => one?.data[0])).toEqual([
      100, 101, 102, 103, 104, 105, 106,
    ]);
    session.go({ moved: { 'deep/0': 2 } });
    await settled();
    expect(session.strips.strip?.pictures.map((one) => one?.data[0])).toEqual([
      102, 103, 104, 105, 106, 107, 108,
    ]);
    session.strips.preview(undefined);
    expect(session.strips.strip).toBeUndefined();
  });

  it('pins the picture that is shown, with the way back to it', async () => {
    const { session } = start();
    expect(session.pin()).toBe(false);
    await settled();
    session.go({ moved: { 'deep/0': 3 } });
    // The picture of the new state is not there yet.
    expect(session.pin()).toBe(true);
    await settled();
    expect(session.pin()).toBe(true);
    expect(session.pins.all.map(({ state, picture }) => [state.moved, picture?.data[0]])).toEqual([
      [{}, 100],
      [{ 'deep/0': 3 }, 103],
    ]);
    for (let i = 0; i < mostPins + 3; i++) session.pin();
    expect(session.pins.all).toHaveLength(mostPins);
    expect(new Set(session.pins.all.map(({ id }) => id)).size).toBe(mostPins);
    session.pins.remove(session.pins.all[0]?.id ?? 0);
    expect(session.pins.all).toHaveLength(mostPins - 1);
  });

  it('makes the pictures of pins that it is given, after the present one, with what the model can take', async () => {
    const { session } = start();
    session.setPins([
      { state: { truncation: 9, moved: { 'deep/1': 5, other: 1 } }, name: 'five' },
      { state: { truncation: 2, moved: {} } },
    ]);
    expect(session.pins.all.map(({ picture }) => picture)).toEqual([undefined, undefined]);
    const [first] = session.pins.all;
    session.pins.compare(first?.id ?? 0, true);
    await settled();
    expect(session.pins.all.map(({ picture }) => picture?.data[0])).toEqual([105, 100]);
    expect(session.pins.compared.map(({ name }) => name)).toEqual(['five']);
    expect(session.pins.states).toEqual([
      { state: { truncation: 3, moved: { 'deep/1': 5 } }, name: 'five' },
      { state: { truncation: 2, moved: {} } },
    ]);
    session.pins.rename(first?.id ?? 0, '');
    expect(session.pins.states[0]?.name).toBeUndefined();
  });

  it('tells of a picture that fails, and goes on with the next', async () => {
    const { session, failed } = start((latents) => {
      if (latents[0] === 1) throw new Error('no');
      if (latents[0] === 2) return { width: 2, height: 2, data: new Uint8Array(4) };
      return picture(7);
    });
    session.move('deep/0', 1);
    await settled();
    session.move('deep/0', 2);
    await settled();
    expect(failed.mock.calls.map(([error]) => String(error))).toEqual([
      'Error: no',
      expect.stringContaining('explorer: render: data must be a Uint8Array of 16 bytes'),
    ]);
    session.move('deep/0', 3);
    await settled();
    expect(session.picture).toEqual(picture(7));
  });

  it('says nothing more once it is stopped', async () => {
    const signals: AbortSignal[] = [];
    const { session, rendered } = start(async (_, { signal }) => {
      signals.push(signal);
      await settled();
      return picture(0);
    });
    session.stop();
    await settled();
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(rendered).not.toHaveBeenCalled();
  });
});
