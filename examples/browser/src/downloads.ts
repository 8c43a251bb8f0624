import type { GeneratorFiles } from '@eigengan/eigengan-model';
import { saveFile } from '@eigengan/viz/browser';
import { checkpoints } from './checkpoints';
import { element } from './element';

/** Pixels of the file for each pixel of a sample. */
const scale = 4;

/** The buttons that save samples, model and checkpoint, each once there is something to save. */
export interface Downloads {
  /** There are samples on this canvas now. */
  samplesShown(): void;
  /** The checkpoint of this step is in the store; the model of the same step, when there is one. */
  kept(step: number, model?: GeneratorFiles): void;
  /** There is nothing any more. */
  clear(): void;
}

export function createDownloads(samples: HTMLCanvasElement): Downloads {
  const samplesButton = element('download-samples', HTMLButtonElement);
  const modelButton = element('download-model', HTMLButtonElement);
  const checkpointButton = element('download-checkpoint', HTMLButtonElement);
  let last: { readonly step: number; readonly model: GeneratorFiles | undefined } | undefined;

  samplesButton.addEventListener('click', async () => saveFile(await enlarged(samples), 'samples.png'));
  modelButton.addEventListener('click', () => {
    if (last?.model === undefined) return;
    const { modelJson, weights } = last.model;
    for (const file of [modelJson, weights]) saveFile(file, file.name);
  });
  checkpointButton.addEventListener('click', async () => {
    // While one is read a newer one may take its place.
    const step = (await checkpoints.list()).at(-1)?.step;
    if (step === undefined) return;
    const bytes = new Uint8Array(await checkpoints.load(step));
    saveFile(new Blob([bytes]), `checkpoint-${step}.safetensors`);
  });
  return {
    samplesShown() {
      samplesButton.disabled = false;
    },
    kept(step, model) {
      last = { step, model };
      modelButton.disabled = model === undefined;
      checkpointButton.disabled = false;
      checkpointButton.textContent = `Checkpoint of step ${step}`;
    },
    clear() {
      last = undefined;
      for (const button of [samplesButton, modelButton, checkpointButton]) button.disabled = true;
      checkpointButton.textContent = 'Checkpoint';
    },
  };
}

async function enlarged(canvas: HTMLCanvasElement): Promise<Blob> {
  const large = new OffscreenCanvas(scale * canvas.width, scale * canvas.height);
  const context = large.getContext('2d');
  if (context === null) throw new Error('This browser must draw on a canvas');
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return large.convertToBlob();
}
