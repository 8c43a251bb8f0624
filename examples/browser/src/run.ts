import { useBackend } from '@eigengan/backends';
import { messageOf } from '@eigengan/core';
import { generatorFiles } from '@eigengan/eigengan-model';
import { resumeFrom } from '@eigengan/trainer';
import { checkpoints } from './checkpoints';
import { createTrainer } from './create-trainer';
import { createGate, type Gate } from './gate';
import type { Message, Settings } from './messages';
import { openPictures } from './open-pictures';
import { renderDimensions, renderSamples } from './render';
import { sometimes } from './sometimes';

/** Steps between two checkpoints. */
const checkpointEvery = 50;

/** A run under way. */
export interface Run {
  pause(): void;
  resume(): void;
  /** Ends it after the step under way, with a last checkpoint. */
  stop(): void;
}

/** Begins a run, or goes on with the one that is kept, until it is stopped; tells what happens. */
export function startRun(settings: Settings, files: readonly File[], tell: (message: Message) => void): Run {
  const stop = new AbortController();
  const gate = createGate();
  train(settings, files, tell, stop.signal, gate).catch((error: unknown) => {
    tell({ kind: 'failed', reason: 'error', message: messageOf(error) });
  });
  return {
    pause: gate.close,
    resume: gate.open,
    stop() {
      stop.abort();
      gate.open();
    },
  };
}

async function train(
  settings: Settings,
  files: readonly File[],
  tell: (message: Message) => void,
  stopped: AbortSignal,
  gate: Gate,
): Promise<void> {
  const { lost, ...report } = await useBackend(settings.backend, { threads: settings.threads });
  const trainer = createTrainer(settings);
  const parameters = trainer.generator.countParams() + trainer.discriminator.countParams();
  tell({ kind: 'started', report, parameters });
  const pictures = await openPictures(files, settings, (name, reason) =>
    tell({ kind: 'damaged', name, reason }),
  );
  const resumed = await resumeFrom(trainer, checkpoints, pictures);

  const keep = async (bytes: Uint8Array, step: number) => {
    await checkpoints.save(step, bytes);
    // The one before stays, in case that this one is damaged.
    for (const old of (await checkpoints.list()).slice(0, -2)) await checkpoints.remove(old.step);
    tell({ kind: 'kept', step, model: await generatorFiles(trainer.emaGenerator) });
  };
  // Not the trainer's own pause, which does not tell when it has come.
  const pause = async (step: number) => {
    // Whoever closes the page now loses nothing.
    await keep(await trainer.checkpoint({ loader: pictures.state() }), step);
    if (gate.closed) tell({ kind: 'paused', step });
    await gate.pass();
  };
  const showSamples = async () => {
    tell({ kind: 'samples', pictures: await renderSamples(trainer.emaGenerator, 24, settings.seed) });
  };
  const showDimensions = async () => {
    tell({ kind: 'dimensions', rows: await renderDimensions(trainer.emaGenerator, 6) });
  };
  const samplesNow = sometimes(1000, showSamples);
  const dimensionsNow = sometimes(5000, showDimensions);
  try {
    if (resumed !== null) await showSamples();
    await trainer.fit(pictures, {
      steps: Number.MAX_SAFE_INTEGER,
      signal: AbortSignal.any([stopped, lost]),
      checkpoint: { every: checkpointEvery, save: keep },
      callbacks: {
        async onBatchEnd(_, { step = 0, d_loss = Number.NaN, g_loss = Number.NaN }) {
          tell({ kind: 'step', step, dLoss: d_loss, gLoss: g_loss });
          await samplesNow();
          await dimensionsNow();
          if (gate.closed) await pause(step);
        },
      },
    });
    lost.throwIfAborted();
    await showSamples();
    await showDimensions();
    tell({ kind: 'stopped', step: trainer.stepCount });
  } catch (error) {
    if (!lost.aborted) throw error;
    tell({ kind: 'failed', reason: 'lost', message: messageOf(lost.reason) });
  }
}
