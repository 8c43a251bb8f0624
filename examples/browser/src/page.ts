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
import { createPace } from './pace';
import { createSettingsForm } from './settings-form';
import { showReport } from './show-report';

const form = createSettingsForm(await backendsHere());
const own = createOwnPictures();
const curves = createLossCurves(element('losses', HTMLCanvasElement));
const damaged = createDamagedList();
const samples = element('samples', HTMLCanvasElement);
const downloads = createDownloads(samples);
const dimensions = element('dimensions', HTMLElement);
const pace = createPace();
let worker: Worker | undefined;
/** What the run under way was started with. */
let settings: Settings = form.read();
let offered: Offered | undefined;

const buttons = createButtons({
  start: (goOn) => (goOn ? goOnWithKept() : startAnew()),
  pause() {
    showStatus('Pausing after this step …');
    tell({ kind: 'pause' });
  },
  resume() {
    pace.restart();
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
/** Whether the run under way has made a step. */
let stepped = false;

const kept = await findOffer();
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
  showProblem(undefined);
  showStatus(`Starting ${settings.backend} …`);
  curves.begin(from?.curves);
  pace.restart();
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
      showNumber('step', String(message.step));
      showNumber('pace', pace.step()?.toPrecision(3) ?? '–');
      showNumber('d-loss', message.dLoss.toFixed(3));
      showNumber('g-loss', message.gLoss.toFixed(3));
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
  findOffer().then(offer, (error: unknown) => showProblem(`What is kept cannot be read: ${error}`));
}

function tell(command: Command): void {
  worker?.postMessage(command);
}

function showStatus(text: string): void {
  element('status', HTMLElement).textContent = text;
}

function showProblem(text: string | undefined): void {
  const problem = element('problem', HTMLElement);
  problem.hidden = text === undefined;
  problem.textContent = text ?? '';
}

function showNumber(id: string, text: string): void {
  element(id, HTMLElement).textContent = text;
}
