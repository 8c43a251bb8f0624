import '@eigengan/viz/explorer';
import { saveFile } from '@eigengan/viz/browser';
import {
  type ExplorerElement,
  type PinnedState,
  pinsFromText,
  pinsToText,
  stateFromText,
  stateToText,
} from '@eigengan/viz/explorer';
import { onFilesDropped } from './drop-files';
import { element } from './element';
import { createGeneratorClient } from './generator-client';
import { joinedPins, keepNames, keepPins, keptNames, keptPins } from './kept';
import type { LoadedModel, ModelSource } from './messages';

/** What the page opens with when its address says nothing. */
const firstState = { seed: 7, truncation: 1.5 };
const bundled = new URL('model/model.json', document.baseURI).href;

const explorer: ExplorerElement = document.getElementsByTagName('eigengan-explorer')[0] ?? missing();
const problem = element('problem', HTMLElement);
const status = element('status', HTMLElement);
const menu = element('open', HTMLDetailsElement);
const client = createGeneratorClient();
let loaded: LoadedModel | undefined;

await open({ url: addressed() ?? bundled });

/** Opens a model; when it is there, `url` goes into the page's address, so that a link opens it. */
async function open(source: ModelSource, url?: string): Promise<void> {
  show(problem, '');
  menu.open = false;
  status.textContent = 'Loading the model …';
  try {
    const model = await client.ask('load', source);
    if (loaded !== undefined) address(url);
    loaded = model;
    // Another model begins anew, without a way back to what the last one showed.
    explorer.model = undefined;
    explorer.state = stateFromText(location.hash) ?? firstState;
    explorer.model = {
      dimensions: model.dimensions,
      latentSize: model.latentSize,
      render: (latents) => client.ask('render', latents),
    };
    explorer.names = keptNames(model.fingerprint) ?? explorer.names;
    showPins(keptPins(model.fingerprint));
    element('save', HTMLButtonElement).disabled = false;
  } catch (error) {
    fail(error);
  }
  if (loaded === undefined) status.textContent = 'No model is loaded.';
  else describe(loaded);
}

/** The model that the page's address names. */
function addressed(): string | undefined {
  const name = new URLSearchParams(location.search).get('model');
  return name === null || name === '' ? undefined : new URL(name, document.baseURI).href;
}

/** Files of a person's own have no address. */
function address(url: string | undefined): void {
  const next = new URL(location.href);
  next.search = url === undefined ? '' : `?model=${encodeURIComponent(url)}`;
  next.hash = '';
  history.replaceState(null, '', next);
}

/** Shows these pins and those of a link, which are kept with them. */
function showPins(others: readonly PinnedState[]): void {
  explorer.pins = joinedPins(others, pinsFromText(location.hash));
  if (loaded !== undefined && explorer.pins.length > others.length) {
    keepPins(loaded.fingerprint, explorer.pins);
  }
}

function describe({ size, dimensions, parameters, backend }: LoadedModel): void {
  const words = [
    `${size.join(' × ')} pixels`,
    `${dimensions.length} eigen-dimensions`,
    `${parameters.toLocaleString('en')} parameters`,
    backend,
  ];
  status.textContent = words.join(' · ');
}

function fail(error: unknown): void {
  show(problem, error instanceof Error ? error.message : String(error));
}

function show(place: HTMLElement, text: string): void {
  place.textContent = text;
  place.hidden = text === '';
}

explorer.addEventListener('explorer-change', ({ detail }) => {
  history.replaceState(null, '', `#${stateToText(detail.state)}`);
});
explorer.addEventListener('explorer-name', ({ detail }) => {
  if (loaded !== undefined) keepNames(loaded.fingerprint, detail.names);
});
explorer.addEventListener('explorer-pins', ({ detail }) => {
  if (loaded !== undefined) keepPins(loaded.fingerprint, detail.pins);
  // A link's pins that were taken away must not come back with a reload.
  history.replaceState(null, '', `#${stateToText(explorer.state)}`);
});
explorer.addEventListener('explorer-error', ({ detail }) => fail(detail.error));
explorer.addEventListener('explorer-render', ({ detail }) => {
  show(element('pace', HTMLElement), `${Math.max(1, Math.round(detail.milliseconds))} ms a picture`);
});
addEventListener('hashchange', () => {
  const state = stateFromText(location.hash);
  if (state !== undefined) explorer.state = state;
  if (pinsFromText(location.hash).length > 0) showPins(explorer.pins);
});

element('files', HTMLInputElement).addEventListener('change', ({ currentTarget }) => {
  if (currentTarget instanceof HTMLInputElement) openFiles([...(currentTarget.files ?? [])]);
});
onFilesDropped(openFiles, (hanging) => document.body.classList.toggle('dropping', hanging));

function openFiles(files: readonly File[]): void {
  // tfjs wants the model first.
  const ordered = [...files].sort(
    (a, b) => Number(b.name.endsWith('.json')) - Number(a.name.endsWith('.json')),
  );
  void open({ files: ordered });
}

element('by-address', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const url = element('url', HTMLInputElement).value;
  void open({ url }, url);
});

element('save', HTMLButtonElement).addEventListener('click', () => {
  client.ask('save', explorer.names).then(({ modelJson, weights }) => {
    for (const file of [modelJson, weights]) saveFile(file, file.name);
  }, fail);
});

element('copy', HTMLButtonElement).addEventListener('click', async ({ currentTarget }) => {
  if (!(currentTarget instanceof HTMLButtonElement)) return;
  const shared = [stateToText(explorer.state), pinsToText(explorer.pins)].filter((text) => text !== '');
  history.replaceState(null, '', `#${shared.join('&')}`);
  const copied = await navigator.clipboard.writeText(location.href).then(
    () => 'Link copied',
    () => 'The link is in the address bar',
  );
  currentTarget.textContent = copied;
  setTimeout(() => {
    currentTarget.textContent = 'Copy link';
  }, 2000);
});

function missing(): never {
  throw new Error('index.html must have an eigengan-explorer');
}
