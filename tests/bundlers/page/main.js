import { useBackend } from '@eigengan/backends';
import { loader, portraits } from '@eigengan/datasets';
import { imageFiles } from '@eigengan/datasets/browser';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';

// What somebody writes first: no paths, no configuration. The address may ask for threads: `?threads=2`.
async function train() {
  const threads = Number(new URLSearchParams(location.search).get('threads') ?? 1);
  const { lost, ...report } = await useBackend('wasm', { threads });
  const generator = createGenerator({ size: 16, width: 0.125, ranks: 2, noise: 0 });
  const trainer = new Trainer({
    generator,
    discriminator: createDiscriminator({ size: 16, width: 0.125, denseWidth: 16 }),
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: 2 })],
    optimizers: { generator: adam(), discriminator: adam() },
    seed: 1,
  });
  const { history } = await trainer.fit(loader(portraits({ size: 16 }), { batch: 4 }), { steps: 2 });
  return { report, losses: history.g_loss, red: await decodedRed() };
}

// A file as a person chooses it, decoded by a worker of the package.
async function decodedRed() {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext('2d');
  context.fillStyle = 'rgb(200 0 0)';
  context.fillRect(0, 0, 16, 16);
  const images = await imageFiles([new File([await canvas.convertToBlob()], 'red.png')], {
    size: 8,
    workers: 1,
  });
  const [red] = await images.read(0);
  await images.close();
  return red;
}

globalThis.outcome = await train().catch((error) => ({ error: String(error) }));
