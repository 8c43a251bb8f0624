import { backendsHere } from './backends-here';
import { createButtons } from './buttons';
import { createCheckpointButton } from './checkpoint-button';
import { drawDimensions } from './draw-dimensions';
import { drawPictures } from './draw-pictures';
import { element } from './element';
import { createLossCurves } from './loss-curves';
import type { Command, Message } from './messages';
import { createPace } from './pace';
import { createSettingsForm } from './settings-form';
import { showReport } from './show-report';

const form = createSettingsForm(await backendsHere());
const curves = createLossCurves(element('losses', HTMLCanvasElement));
const checkpoint = createCheckpointButton(element('checkpoint', HTMLButtonElement));
const samples = element('samples', HTMLCanvasElement);
const dimensions = element('dimensions', HTMLElement);
const pace = createPace();
let worker: Worker | undefined;

const buttons = createButtons({
  start() {
    const settings = form.read();
    form.lock(true);
    curves.clear();
    pace.restart();
    checkpoint.clear();
    showProblem(undefined);
    showStatus(`Starting ${settings.backend} …`);
    // Training has a thread of its own, so that the page never waits for it.
    worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Message>) => receive(data));
    worker.addEventListener('error', ({ message }) => fail(`The worker failed: ${message}`));
    tell({ kind: 'start', settings });
  },
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

function receive(message: Message): void {
  switch (message.kind) {
    case 'started':
      showReport(element('running', HTMLElement), message.report, message.parameters);
      buttons.show('running');
      showStatus('Trying every gradient once, before step 1 …');
      break;
    case 'step':
      if (message.step === 1) showStatus('Training.');
      curves.add(message.dLoss, message.gLoss);
      showNumber('step', String(message.step));
      showNumber('pace', pace.step()?.toPrecision(3) ?? '–');
      showNumber('d-loss', message.dLoss.toFixed(3));
      showNumber('g-loss', message.gLoss.toFixed(3));
      break;
    case 'samples':
      drawPictures(samples, message.pictures, 8);
      break;
    case 'dimensions':
      drawDimensions(dimensions, message.rows);
      break;
    case 'checkpoint':
      checkpoint.keep(message.bytes, message.step);
      break;
    case 'paused':
      buttons.show('paused');
      showStatus(`Paused after step ${message.step}.`);
      break;
    case 'stopped':
      end(`Stopped after step ${message.step}.`);
      break;
    case 'failed':
      fail(message.reason === 'lost' ? lost(message.message) : message.message);
  }
}

function lost(reason: string): string {
  const kept = checkpoint.step;
  const rest =
    kept === undefined ? 'There is no checkpoint yet.' : `The last checkpoint, of step ${kept}, is kept.`;
  return `The GPU was lost. ${rest} (${reason})`;
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
  showStatus(status);
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
