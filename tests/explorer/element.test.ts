import '@eigengan/viz/explorer';
import type { Explorable, Picture } from '@eigengan/viz';
import type { ExplorerElement, ExplorerEvents } from '@eigengan/viz/explorer';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

/** A picture of one color: the first latent's red, the second's green. */
const picture = (latents: Float32Array): Picture => ({
  width: 2,
  height: 1,
  data: Uint8Array.from(
    [0, 0].flatMap(() => [100 + 10 * (latents[0] ?? 0), 100 + 10 * (latents[1] ?? 0), 0, 255]),
  ),
});
const model: Explorable = {
  dimensions: [
    { id: 'a', layer: 'First', importance: 1, name: 'width' },
    { id: 'b', layer: 'First', importance: 2, activity: 0.001 },
  ],
  render: picture,
};

function show(changes: Partial<Explorable> = {}): ExplorerElement {
  const explorer = document.createElement('eigengan-explorer');
  document.body.append(explorer);
  explorer.model = { ...model, ...changes };
  return explorer;
}

/** Waits until it holds, however busy the machine is. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000 });

afterEach(() => document.body.replaceChildren());

const find = <T extends Element>(explorer: ExplorerElement, selector: string, kind: new () => T): T => {
  const found = explorer.shadowRoot?.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`no ${selector}`);
};
const slider = (explorer: ExplorerElement, id: string) =>
  find(explorer, `[data-id="${id}"]`, HTMLInputElement);

/** Waits until the large picture, or another, shows this color. */
async function colorOf(
  explorer: ExplorerElement,
  red: number,
  green: number,
  where = 'canvas.picture',
): Promise<void> {
  await until(() => {
    const canvas = find(explorer, where, HTMLCanvasElement);
    const data = canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data;
    expect(Array.from(data ?? []).slice(0, 2)).toEqual([red, green]);
  });
}

function heard<Type extends keyof ExplorerEvents>(type: Type): ExplorerEvents[Type][] {
  const details: ExplorerEvents[Type][] = [];
  document.body.addEventListener(type, (event: Event) => {
    if (event instanceof CustomEvent) details.push(event.detail);
  });
  return details;
}

describe('the explorer', () => {
  it('shows the mode, and follows a slider that is moved by keys', async () => {
    const changes = heard('explorer-change');
    const explorer = show();
    await colorOf(explorer, 100, 100);
    const sliders = [...(explorer.shadowRoot?.querySelectorAll('.row input') ?? [])];
    expect(sliders.map((one) => one.getAttribute('aria-label'))).toEqual([
      'Dimension 1, First, barely visible',
      'width, First',
    ]);
    slider(explorer, 'a').focus();
    await userEvent.keyboard('{PageUp}{PageUp}{ArrowLeft}{Shift>}{ArrowRight}{/Shift}');
    await colorOf(explorer, 119, 100);
    expect(changes.at(-1)?.state).toEqual({ truncation: 2, moved: { a: 1.91 } });
    await userEvent.keyboard('zz');
    expect(explorer.state.moved).toEqual({ a: 2 });
    await userEvent.keyboard('{Delete}');
    expect(explorer.state.moved).toEqual({});
  });

  it('goes to random pictures, the mode, and back by keys, and says so', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    await userEvent.keyboard('r');
    const { seed } = explorer.state;
    expect(seed).toBeTypeOf('number');
    await until(() => {
      expect(find(explorer, '[role=status]', HTMLElement).textContent).toBe(`Random picture, seed ${seed}`);
    });
    await userEvent.keyboard('m');
    expect(explorer.state.seed).toBeUndefined();
    await userEvent.keyboard('z');
    expect(explorer.state.seed).toBe(seed);
    await userEvent.keyboard('Z');
    expect(explorer.state.seed).toBeUndefined();
    explorer.shortcuts = 'off';
    await userEvent.keyboard('r');
    expect(explorer.state.seed).toBeUndefined();
  });

  it('lets a person name a dimension, in letters that are no shortcuts', async () => {
    const names = heard('explorer-name');
    const explorer = show();
    await explorer.updateComplete;
    await userEvent.click(find(explorer, '[data-rename="dimension b"]', HTMLElement));
    await userEvent.keyboard('mirror pzr{Enter}');
    expect(names).toEqual([{ id: 'b', name: 'mirror pzr', names: { a: 'width', b: 'mirror pzr' } }]);
    expect(explorer.state).toEqual({ truncation: 2, moved: {} });
    await until(() => {
      expect(explorer.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('mirror pzr: rename');
      expect(slider(explorer, 'b').ariaLabel).toMatch(/^mirror pzr/);
    });
    await userEvent.click(find(explorer, '[data-rename="dimension b"]', HTMLElement));
    await userEvent.keyboard('other{Escape}');
    expect(explorer.names).toEqual({ a: 'width', b: 'mirror pzr' });
  });

  it('draws the strip of a dimension that has the focus, whose pictures set it', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    slider(explorer, 'b').focus();
    await until(() => expect(explorer.shadowRoot?.querySelectorAll('.tile canvas')).toHaveLength(7));
    await userEvent.click(find(explorer, '[aria-label="Set Dimension 1 to −3.00"]', HTMLElement));
    await colorOf(explorer, 100, 70);
  });

  it('shows pinned pictures beside the present one, which moves on, and goes back to them', async () => {
    const pins = heard('explorer-pins');
    const explorer = show();
    await colorOf(explorer, 100, 100);
    explorer.state = { moved: { a: 3 } };
    await colorOf(explorer, 130, 100);
    await userEvent.keyboard('p');
    expect(pins).toEqual([{ pins: [{ state: { truncation: 2, moved: { a: 3 } } }] }]);
    explorer.state = {};
    await colorOf(explorer, 100, 100);
    const tile = find(explorer, '.pins .tile', HTMLElement);
    await userEvent.click(tile);
    await until(() => expect(tile.ariaPressed).toBe('true'));
    const shown = [...(explorer.shadowRoot?.querySelectorAll('.frame canvas') ?? [])];
    expect(shown.map((one) => one.getAttribute('aria-label'))).toEqual([
      'Picture of the mode',
      'Pinned picture, the mode, 1 moved',
    ]);
    explorer.state = { moved: { b: 2 } };
    await colorOf(explorer, 100, 120);
    await colorOf(explorer, 130, 100, '.frame figure:nth-child(2) canvas');
    await userEvent.keyboard('c');
    await until(() => expect(explorer.shadowRoot?.querySelector('figure')).toBeNull());
    await userEvent.click(find(explorer, '[aria-label^="Go back to pin 1"]', HTMLElement));
    expect(explorer.state.moved).toEqual({ a: 3 });
  });

  it('lets the keyboard alone pin, name, compare and unpin, and says so', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    const said = () => find(explorer, '[role=status]', HTMLElement).textContent;
    const focused = () => explorer.shadowRoot?.activeElement?.getAttribute('aria-label');
    await userEvent.keyboard('pp');
    await until(() => expect(said()).toBe('Pinned, 2 in all'));
    find(explorer, '.pins .name', HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await until(() => expect(focused()).toBe('Name of the pin of the mode'));
    await userEvent.keyboard('Anna{Enter}');
    await until(() => expect(focused()).toBe('Anna: rename'));
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(focused()).toBe('Compare with pin 1, Anna');
    await userEvent.keyboard(' ');
    await until(() => expect(said()).toBe('Beside Anna'));
    expect(explorer.pins.map(({ name }) => name)).toEqual(['Anna', undefined]);
    find(explorer, '[aria-label="Unpin 1"]', HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await until(() => expect(focused()).toBe('Compare with pin 1, the mode'));
    find(explorer, '[aria-label="Unpin 1"]', HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await until(() => expect([said(), focused()]).toEqual(['Unpinned, 0 left', 'Pin']));
    expect(explorer.pins).toEqual([]);
  });

  it('takes pins before or after its model, and makes their pictures', async () => {
    const explorer = document.createElement('eigengan-explorer');
    document.body.append(explorer);
    const pins = [{ state: { truncation: 2, moved: { a: 2 } }, name: 'wide' }];
    explorer.pins = pins;
    explorer.model = model;
    expect(explorer.pins).toEqual(pins);
    await colorOf(explorer, 120, 100, '.pins canvas');
    explorer.pins = [{ state: { truncation: 2, moved: { b: 2 } } }];
    await colorOf(explorer, 100, 120, '.pins canvas');
    explorer.model = { ...model };
    expect(explorer.pins).toEqual([]);
  });

  it('takes its state before or after its model, and leaves out what the model has not', async () => {
    const explorer = document.createElement('eigengan-explorer');
    document.body.append(explorer);
    explorer.state = { seed: 4, truncation: 1, moved: { b: 2, other: 1 } };
    explorer.model = model;
    expect(explorer.state).toEqual({ seed: 4, truncation: 1, moved: { b: 2 } });
    const other = { ...model, dimensions: [{ id: 'a', layer: 1, importance: 1 }] };
    explorer.model = other;
    expect(explorer.state).toEqual({ truncation: 2, moved: {} });
    expect(() => {
      explorer.model = { ...model, dimensions: [] };
    }).toThrow(/latentSize/);
    expect(explorer.model).toBe(other);
  });

  it('takes what it was given before it was defined', async () => {
    const explorer = document.implementation.createHTMLDocument().createElement('eigengan-explorer');
    Object.assign(explorer, { names: { b: 'late' }, model, state: { moved: { a: 1 } } });
    document.body.append(document.adoptNode(explorer));
    await colorOf(explorer, 110, 100);
    expect(explorer.names).toEqual({ b: 'late' });
    expect(slider(explorer, 'b').ariaLabel).toMatch(/^late/);
  });

  it('tells of a model that fails', async () => {
    const errors = heard('explorer-error');
    show({
      render: async () => {
        throw new Error('no picture today');
      },
    });
    await until(() => expect(errors.map(({ error }) => String(error))).toEqual(['Error: no picture today']));
  });

  it('offers files before it downloads them', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    const offered: [string, string][] = [];
    explorer.addEventListener('explorer-export', (event) => {
      event.preventDefault();
      offered.push([event.detail.name, event.detail.file.type]);
    });
    explorer.animationMaker = async (frames) => ({ file: new Blob([`${frames.length}`]), extension: 'txt' });
    await userEvent.hover(slider(explorer, 'a'));
    await until(() => expect(find(explorer, '.strip strong', HTMLElement).textContent).toBe('width'));
    for (const item of ['Picture', 'Strip', 'Animation', 'Latents']) {
      await userEvent.click(find(explorer, 'summary', HTMLElement));
      const button = [...(explorer.shadowRoot?.querySelectorAll('.items button') ?? [])].find((one) =>
        one.textContent?.trim().startsWith(item),
      );
      await userEvent.click(button ?? explorer);
    }
    await until(() =>
      expect(offered.sort()).toEqual([
        ['mode-width.png', 'image/png'],
        ['mode-width.txt', ''],
        ['mode.json', 'application/json'],
        ['mode.png', 'image/png'],
      ]),
    );
  });

  it('is light or dark as it is told', async () => {
    const explorer = show();
    const ground = () => getComputedStyle(find(explorer, '.view', HTMLElement)).getPropertyValue('color');
    explorer.theme = 'dark';
    await explorer.updateComplete;
    const dark = ground();
    explorer.theme = 'light';
    await explorer.updateComplete;
    expect([dark, ground()]).toEqual(['rgb(236, 238, 240)', 'rgb(27, 30, 34)']);
  });
});
