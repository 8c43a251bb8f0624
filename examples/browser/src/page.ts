import { messageOf } from '@eigengan/core';
import { backendsHere } from './backends-here';
import { createButtons } from './buttons';
import { createDamagedList } from './damaged-list';
import { createDownloads } from './downloads';
import { drawDimensions } from './draw-dimensions';
import { drawPictures } from './draw-pictures';
import { element } from './element';
import { writeKeptRun } from './kept-run';
import { createLossCurves } from './loss-curves';
import type { Command, Message, Settings } from './messages';
import { deleteKept, findOffer, mayDelete, type Offered, showOffer } from './offer';
import { createOwnPictures } from './own-pictures';
import { createStepNumbers, showProblem, showStatus } from './progress';
import { createSettingsForm } from './settings-form';
import { showReport } from './show-report';

const form = createSettingsForm(await backendsHere());
const own = createOwnPictures();
const curves = createLossCurves(element('losses', HTMLCanvasElement));
const damaged = createDamagedList();
const samples = element('samples', HTMLCanvasElement);
const downloads = createDownloads(samples);
const dimensions = element('dimensions', HTMLElement);
const numbers = createStepNumbers();
let worker: Worker | undefined;
/** What the run under way was started with. */
let settings: Settings = form.read();
let offered: Offered | undefined;
/** Whether the run under way has made a step. */
let stepped = false;

const buttons = createButtons({
  start: (goOn) => (goOn ? goOnWithKept() : startAnew().catch(cannotKeep)),
  pause() {
    showStatus('Pausing after this step …');
    tell({ kind: 'pause' });
  },
  resume() {
    numbers.rested();
    showStatus('Training.');
    tell({ kind: 'resume' });
  },
  stop() {
    showStatus('Stopping after this step … Press Stop again to stop at once.');
    tell({ kind: 'stop' });
  },
  stopNow() {
    end('Stopped at once.');
  },
});

const kept = await findOffer().catch(cannotKeep);
if (kept !== undefined) {
  form.write(kept.settings);
  curves.begin(kept.curves);
  downloads.kept(kept.step);
}
offer(kept);

function offer(run: Offered | undefined): void {
  offered = run;
  showOffer(run);
}

function goOnWithKept(): void {
  if (offered === undefined) return;
  if (own.files.length !== offered.ownPictures) {
    showProblem(
      offered.ownPictures === 0
        ? 'The kept run learns from drawn portraits: go back to them first.'
        : `Choose the same ${offered.ownPictures} pictures again first: the browser does not keep them.`,
    );
    return;
  }
  const { backend, threads } = form.read();
  // All else is of the run.
  begin({ ...offered.settings, backend, threads }, offered);
}

async function startAnew(): Promise<void> {
  if (offered !== undefined && !(await mayDelete())) return;
  await deleteKept();
  downloads.clear();
  begin(form.read(), undefined);
}

function begin(chosen: Settings, from: Offered | undefined): void {
  settings = chosen;
  form.write(settings);
  form.lock(true);
  own.lock(true);
  buttons.show('starting');
  offer(undefined);
  stepped = false;
  showProblem();
  showStatus(`Starting ${settings.backend} …`);
  curves.begin(from?.curves);
  numbers.rested();
  damaged.clear();
  // Training has a thread of its own, so that the page never waits for it.
  worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => receive(data));
  worker.addEventListener('error', ({ message }) => fail(`The worker failed: ${message}`));
  tell({ kind: 'start', settings, files: own.files });
}

function receive(message: Message): void {
  switch (message.kind) {
    case 'started':
      showReport(element('running', HTMLElement), message.report, message.parameters);
      buttons.show('running');
      showStatus('Trying every gradient once, before the first step …');
      break;
    case 'step':
      if (!stepped) showStatus('Training.');
      stepped = true;
      curves.add(message.dLoss, message.gLoss);
      numbers.show(message.step, message.dLoss, message.gLoss);
      break;
    case 'samples':
      drawPictures(samples, message.pictures, 8);
      downloads.samplesShown();
      break;
    case 'dimensions':
      drawDimensions(dimensions, message.rows);
      break;
    case 'kept':
      writeKeptRun({ settings, ownPictures: own.files.length, time: Date.now(), curves: curves.points });
      downloads.kept(message.step, message.model);
      break;
    case 'damaged':
      damaged.add(message.name, message.reason);
      break;
    case 'paused':
      buttons.show('paused');
      showStatus(`Paused after step ${message.step}.`);
      break;
    case 'stopped':
      end(`Stopped after step ${message.step}.`);
      break;
    case 'failed':
      fail(message.reason === 'lost' ? `The GPU was lost. (${message.message})` : message.message);
  }
}

function fail(message: string): void {
  showProblem(message);
  end('Stopped by an error.');
}

/** Ends the worker, and with it all that it holds in memory and on the graphics card. */
function end(status: string): void {
  worker?.terminate();
  worker = undefined;
  buttons.show('idle');
  form.lock(false);
  own.lock(false);
  showStatus(status);
  findOffer().then(offer, cannotKeep);
}

function tell(command: Command): void {
  worker?.postMessage(command);
}

/** Where a browser's settings forbid it, say. */
function cannotKeep(error: unknown): undefined {
  showProblem(`This browser must let the page keep a run, but does not: ${messageOf(error)}`);
}
