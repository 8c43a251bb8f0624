import type { LogRecord } from '@eigengan/core';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { encodePng, htmlReport, type RunReport } from '../index';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const picture = { width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 255, 255, 0, 0, 255) };
const run: RunReport = {
  title: 'A run',
  configuration: {},
  records: [],
  sections: [],
  environment: {},
};
const line = (step: number): LogRecord => ({
  step,
  images: 16 * step,
  seconds: step / 4,
  d_loss: 1 + 1 / step,
  g_loss: Math.sin(step),
  penalty: 0.1,
  orthogonality: 1e-3,
});
const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i + 1));

/** Every element of a page that an HTML parser finds no fault with, as the WHATWG has it. */
async function elementsOf(report: RunReport): Promise<Element[]> {
  const faults: string[] = [];
  const page = parse(await htmlReport(report), { onParseError: ({ code }) => faults.push(code) });
  expect(faults).toEqual([]);
  const elements: Element[] = [];
  const visit = (node: Node) => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(page);
  return elements;
}

const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
const named = (elements: readonly Element[], name: string) =>
  elements.filter(({ tagName }) => tagName === name);
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const texts = (elements: readonly Element[], name: string) => named(elements, name).map(textOf);

describe('htmlReport', () => {
  it('says the title, the sections, the configuration and the environment', async () => {
    const elements = await elementsOf({
      ...run,
      summary: 'In short',
      configuration: { size: 32, data: null, flip: true, optimizer: { beta1: 0, schedule: [1, 2] } },
      records: lines(300),
      sections: [{ heading: 'Samples', text: 'A text', pictures: [{ picture, alt: 'Two pixels' }] }],
      environment: { backend: 'wasm', nothing: undefined },
    });
    expect(texts(elements, 'title')).toEqual(['A run']);
    expect(texts(elements, 'h1')).toEqual(['A run']);
    expect(texts(elements, 'h2')).toEqual(['Curves', 'Samples', 'Configuration', 'Environment']);
    expect(texts(elements, 'dd')).toEqual(['300', '4,800', '1 min 15 s', '64']);
    const rows = named(elements, 'tr').map((row) => row.childNodes.map(textOf));
    expect(rows).toEqual([
      ['size', '32'],
      ['data', 'none'],
      ['flip', 'yes'],
      ['optimizer.beta1', '0'],
      ['optimizer.schedule', '1, 2'],
      ['backend', 'wasm'],
    ]);
    expect(named(elements, 'th').map((cell) => attribute(cell, 'scope'))).toEqual(rows.map(() => 'row'));
    const ids = elements.map((element) => attribute(element, 'id'));
    const links = named(elements, 'a').map((link) => attribute(link, 'href')?.slice(1));
    expect(links).toHaveLength(4);
    for (const id of links) expect(ids).toContain(id);
  });

  it('draws the log as lines that say in words where they go', async () => {
    const elements = await elementsOf({ ...run, records: lines(50) });
    const words = named(elements, 'svg').map((plot) => attribute(plot, 'aria-label'));
    expect(words).toHaveLength(3);
    expect(words[0]).toMatch(/^Losses: d_loss from 2\.00 at step 1 to 1\.0\d at step 50; g_loss /);
    const [first = ''] = named(elements, 'path')
      .filter((path) => attribute(path, 'class') === 'points line-0')
      .map((path) => attribute(path, 'd') ?? '');
    expect(first.match(/[ML]/g)).toHaveLength(50);
  });

  it('escapes every text, wherever it stands', async () => {
    const evil = `</title></style></script><script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;\u0000`;
    const shown = evil.replace('\u0000', '\ufffd');
    const elements = await elementsOf({
      title: evil,
      summary: evil,
      configuration: { [evil]: evil, list: [evil], inner: { [evil]: evil } },
      records: [line(1), { ...line(2), [evil]: evil }],
      sections: [
        { heading: evil, text: evil, pictures: [{ picture, alt: evil, caption: evil }] },
        { heading: evil, layout: 'stages', pictures: [] },
      ],
      environment: { device: evil },
    });
    expect(named(elements, 'script')).toHaveLength(1);
    expect(named(elements, 'style')).toHaveLength(1);
    const images = named(elements, 'img');
    expect(images.map((image) => attribute(image, 'alt'))).toEqual([shown]);
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name.startsWith('on'))).toEqual([]);
    expect(texts(elements, 'h1')).toEqual([shown]);
    expect(texts(elements, 'td')).toEqual([shown, shown, shown, shown]);
    expect(texts(elements, 'figcaption')).toContain(shown);
  });

  it('loads nothing, and says of each picture what it shows', async () => {
    const png = await encodePng(picture);
    const elements = await elementsOf({
      ...run,
      records: lines(3),
      sections: [
        {
          heading: 'Pictures',
          pictures: [
            { picture, alt: 'drawn' },
            { picture: png, alt: 'a file' },
            { picture: { light: picture, dark: png }, alt: 'both' },
          ],
        },
      ],
    });
    const images = named(elements, 'img');
    expect(images.map((image) => attribute(image, 'alt'))).toEqual(['drawn', 'a file', 'both']);
    expect(named(elements, 'source').map((source) => attribute(source, 'media'))).toEqual([
      '(prefers-color-scheme: dark)',
    ]);
    const loaded = elements.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => ['src', 'srcset', 'href', 'data', 'action', 'style'].includes(name)),
    );
    expect(loaded.length).toBeGreaterThan(8);
    for (const { value } of loaded) expect(value).toMatch(/^(data:|#part-|bottom:|left:)/);
    const [style = ''] = texts(elements, 'style');
    expect(style).not.toMatch(/url\(|@import/);
    const [uri = ''] = images.slice(1).map((image) => attribute(image, 'src'));
    expect(Buffer.from(uri.split(',')[1] ?? '', 'base64').equals(png)).toBe(true);
  });

  it('survives what a log may lack: numbers that are none, missing ones, all of them', async () => {
    const records = [
      { ...line(3), d_loss: null },
      { ...line(2), d_loss: Number.NaN, g_loss: Infinity },
      { step: 4 },
      { d_loss: 7 },
      { step: Number.NaN, d_loss: 7 },
      { ...line(1), penalty: -1, note: 'a text' },
    ];
    const elements = await elementsOf({ ...run, records });
    expect(texts(elements, 'dd')[0]).toBe('4');
    for (const path of named(elements, 'path')) expect(attribute(path, 'd')).not.toMatch(/NaN|Infinity/);
    const words = named(elements, 'svg').map((plot) => attribute(plot, 'aria-label'));
    expect(words[0]).toMatch(/^Losses: d_loss from 2\.00 at step 1 to 2\.00 at step 3; g_loss/);
    for (const none of [[], [{ step: 1 }], [{ step: 1, d_loss: null }]]) {
      const empty = await elementsOf({ ...run, records: none });
      expect(texts(empty, 'p')).toContain('The log holds no numbers to draw.');
    }
    const one = await elementsOf({ ...run, records: lines(1) });
    for (const path of named(one, 'path')) expect(attribute(path, 'd')).not.toContain('NaN');
  });

  it('stays small: 40,000 lines add less than 0.3 MB, of 200 stages 16 are kept', async () => {
    const bare = (await htmlReport(run)).length;
    expect(bare).toBeLessThan(12_000);
    const wild = lines(40_000).map((record, i) => ({ ...record, penalty: 1 + (i % 7), d_loss: i % 11 }));
    expect((await htmlReport({ ...run, records: wild })).length).toBeLessThan(bare + 300_000);
    const pictures = Array.from({ length: 200 }, (_, i) => ({ picture, alt: `Step ${i}` }));
    const elements = await elementsOf({
      ...run,
      sections: [{ heading: 'Samples', layout: 'stages', pictures }],
    });
    const kept = named(elements, 'img').map((image) => attribute(image, 'alt'));
    expect(kept).toHaveLength(16);
    expect([kept[0], kept.at(-1)]).toEqual(['Step 0', 'Step 199']);
  });

  it('refuses what is no report, and names the picture that is none', async () => {
    const broken = (field: object) => htmlReport({ ...run, ...field });
    await expect(broken({ pictures: [] })).rejects.toThrow(/pictures/);
    await expect(broken({ title: 3 })).rejects.toThrow('htmlReport: title: must be a text, got 3');
    await expect(broken({ records: 'log' })).rejects.toThrow('htmlReport: records: must be a list');
    const wrong = { heading: 'A', pictures: [{ picture: Uint8Array.of(1, 2), alt: '' }] };
    await expect(broken({ sections: [wrong] })).rejects.toThrow(
      'htmlReport: sections[0].pictures[0]: must be a picture or the bytes of a PNG file',
    );
  });
});
