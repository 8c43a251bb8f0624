import { useBackend } from '@eigengan/backends';
import { EigenganError } from '@eigengan/core';
import { modelFolder } from '@eigengan/core/node';
import { loader } from '@eigengan/datasets';
import {
  createDiscriminator,
  createGenerator,
  dimensionActivity,
  latentSampler,
  lightPreset,
  saveGenerator,
} from '@eigengan/eigengan-model';
import { adam, nonSaturating, type StepLog, Trainer, zeroCentred } from '@eigengan/trainer';
import { jsonlLog, loadCheckpoint, saveTo } from '@eigengan/trainer/node';
import { configurationOf, readConfiguration, writeConfiguration } from './configuration';
import { openData } from './data';
import { type Options, parseOptions } from './options';
import { drawSamples, drawTraversals } from './pictures';
import { createProgress } from './progress';
import { writeReport } from './report';
import { createRunFolder, runFolder } from './run-folder';

/** Steps between two checkpoints, and between two pictures of samples. */
const every = { checkpoint: 200, samples: 250 };
/** Steps of more pictures of samples: at first everything changes fast. */
const early = [1, 50, 100];
const isSampled = (step: number) => step % every.samples === 0 || early.includes(step);

async function train(options: Options): Promise<void> {
  const resumed = options.resume === undefined ? undefined : runFolder(options.resume);
  const configuration =
    resumed === undefined
      ? configurationOf(options)
      : await readConfiguration(resumed.configuration, options);
  const { size, batch, seed, steps } = configuration;

  const report = await useBackend(options.backend, { threads: options.threads });
  const { source, name, notes } = await openData(configuration.data, size);
  for (const note of notes) console.log(note);
  const preset = lightPreset({ size, channels: source.shape[2], seed });
  const generator = createGenerator(preset.generator);
  const discriminator = createDiscriminator(preset.discriminator);
  const batches = loader(source, { batch, seed });
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 2, interval: 4 })],
    optimizers: {
      generator: adam({ learningRate: 3e-4, beta1: 0, beta2: 0.99 }),
      discriminator: adam({ learningRate: 6e-4, beta1: 0, beta2: 0.99 }),
    },
    ema: { decay: 0.995 },
    seed,
  });

  const run = resumed ?? (await createRunFolder(options.out, name));
  if (resumed !== undefined) {
    const { loader: position } = await loadCheckpoint(trainer, run.checkpoint);
    if (position !== undefined) batches.restore(position);
  }
  const firstStep = trainer.stepCount;
  if (firstStep >= steps)
    throw new Error(`--steps: must be above the ${firstStep} done already, got ${steps}`);
  await writeConfiguration(run.configuration, configuration);
  const parameters = [generator, discriminator].reduce((sum, network) => sum + network.countParams(), 0);
  const threads = report.threads === 1 ? '1 thread' : `${report.threads} threads`;
  console.log(
    `${(parameters / 1e6).toFixed(2)} M parameters on ${report.backend} ${report.version}, ${threads}, into ${run.path}`,
  );

  const stop = stopper(options.minutes);
  const progress = createProgress(steps, firstStep);
  const begun = new Date();
  const started = performance.now();
  try {
    await trainer.fit(batches, {
      steps,
      signal: stop.signal,
      checkpoint: { every: every.checkpoint, save: saveTo(run.checkpoint) },
      callbacks: [
        jsonlLog(run.log, { record: logRecord }),
        {
          onBatchEnd: async (_, logs) => {
            const seconds = (performance.now() - started) / 1000;
            const pace = (trainer.stepCount - firstStep) / seconds;
            const left = Math.min(
              (steps - trainer.stepCount) / pace,
              (options.minutes ?? Infinity) * 60 - seconds,
            );
            progress.update({
              step: trainer.stepCount,
              imagesPerSecond: pace * batch,
              discriminatorLoss: logs.d_loss ?? Number.NaN,
              generatorLoss: logs.g_loss ?? Number.NaN,
              secondsLeft: left,
            });
            if (isSampled(trainer.stepCount)) {
              await drawSamples(trainer.emaGenerator, seed, run.samples(trainer.stepCount));
            }
          },
        },
      ],
    });
  } finally {
    progress.stop();
    stop.release();
  }

  const step = trainer.stepCount;
  await saveGenerator(trainer.emaGenerator, modelFolder(run.model));
  if (!isSampled(step)) await drawSamples(trainer.emaGenerator, seed, run.samples(step));
  const dimensions = await dimensionActivity(trainer.emaGenerator);
  const title = `EigenGAN on ${name}, ${step} steps`;
  await drawTraversals(trainer.emaGenerator, title, run.traversal(step), dimensions);
  await writeReport({
    folder: run,
    configuration,
    name,
    backend: report,
    generator: trainer.emaGenerator,
    dimensions,
    steps: step,
    begun,
    isResumed: resumed !== undefined,
  });
  console.log(
    [
      `\nDone: ${step} steps, ${trainer.imageCount} images. Look at`,
      `  ${run.report}   the run in one page`,
      `  ${run.traversal(step)}   a row an eigen-dimension`,
      `  ${run.samples(step)}   samples`,
      `  ${run.model}   the generator, for tf.loadLayersModel`,
      `  ${run.log}   losses`,
      `To go on: npm run demo -- --resume ${run.path} --steps ${Math.max(steps, step + 1000)}`,
    ].join('\n'),
  );
}

/** What the log calls the subspaces' regularisation. */
function logRecord({ g_regularization, ...log }: StepLog) {
  return g_regularization === undefined ? log : { ...log, orthogonality: g_regularization };
}

/** Aborts when the minutes are over or at Ctrl-C; a second Ctrl-C ends the process at once. */
function stopper(minutes: number | undefined) {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    console.error('\nStopping after this step. Ctrl-C again to stop at once, without saving.');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  const timer = minutes === undefined ? undefined : setTimeout(() => controller.abort(), minutes * 60_000);
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
    },
  };
}

try {
  await train(parseOptions(process.argv.slice(2)));
} catch (error) {
  // An error of ours, or of this file, says all in its message; anything else is a bug and shows where.
  const expected = EigenganError.is(error) || (error instanceof Error && error.message.startsWith('--'));
  console.error(expected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
