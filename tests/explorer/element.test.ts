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

afterEach(() => document.body.replaceChildren());

const find = <T extends Element>(explorer: ExplorerElement, selector: string, kind: new () => T): T => {
  const found = explorer.shadowRoot?.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`no ${selector}`);
};
const slider = (explorer: ExplorerElement, id: string) =>
  find(explorer, `[data-id="${id}"]`, HTMLInputElement);

/** The color that the large picture shows. */
async function colorOf(explorer: ExplorerElement, red: number, green: number): Promise<void> {
  await vi.waitFor(() => {
    const canvas = find(explorer, 'canvas.picture', HTMLCanvasElement);
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
    await vi.waitFor(() => {
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
    await userEvent.click(find(explorer, '[data-rename="b"]', HTMLElement));
    await userEvent.keyboard('mirror pzr{Enter}');
    expect(names).toEqual([{ id: 'b', name: 'mirror pzr', names: { a: 'width', b: 'mirror pzr' } }]);
    expect(explorer.state).toEqual({ truncation: 2, moved: {} });
    await vi.waitFor(() => {
      expect(explorer.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('mirror pzr: rename');
      expect(slider(explorer, 'b').ariaLabel).toMatch(/^mirror pzr/);
    });
    await userEvent.click(find(explorer, '[data-rename="b"]', HTMLElement));
    await userEvent.keyboard('other{Escape}');
    expect(explorer.names).toEqual({ a: 'width', b: 'mirror pzr' });
  });

  it('draws the strip of a dimension that has the focus, whose pictures set it', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    slider(explorer, 'b').focus();
    await vi.waitFor(() => expect(explorer.shadowRoot?.querySelectorAll('.tile canvas')).toHaveLength(7));
    await userEvent.click(find(explorer, '[aria-label="Set Dimension 1 to −3.00"]', HTMLElement));
    await colorOf(explorer, 100, 70);
  });

  it('shows a pinned picture while it is pointed at, and goes back to it', async () => {
    const explorer = show();
    await colorOf(explorer, 100, 100);
    explorer.state = { moved: { a: 3 } };
    await colorOf(explorer, 130, 100);
    await userEvent.keyboard('p');
    explorer.state = {};
    await colorOf(explorer, 100, 100);
    const pin = find(explorer, '.pins button', HTMLElement);
    await userEvent.hover(pin);
    await colorOf(explorer, 130, 100);
    expect(explorer.state.moved).toEqual({});
    await userEvent.click(pin);
    expect(explorer.state.moved).toEqual({ a: 3 });
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
    await vi.waitFor(() =>
      expect(errors.map(({ error }) => String(error))).toEqual(['Error: no picture today']),
    );
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
    await vi.waitFor(() => expect(find(explorer, '.strip strong', HTMLElement).textContent).toBe('width'));
    for (const item of ['Picture', 'Strip', 'Animation', 'Latents']) {
      await userEvent.click(find(explorer, 'summary', HTMLElement));
      const button = [...(explorer.shadowRoot?.querySelectorAll('.items button') ?? [])].find((one) =>
        one.textContent?.trim().startsWith(item),
      );
      await userEvent.click(button ?? explorer);
    }
    await vi.waitFor(() =>
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
