import { useBackend } from '@eigengan/backends';
import { loader, portraits } from '@eigengan/datasets';
import { imageFiles } from '@eigengan/datasets/browser';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import { browserStore } from '@eigengan/trainer/browser';
import { encodePng } from '@eigengan/viz';
import { encodeMp4, encodeWebp } from '@eigengan/viz/browser';
import { ExplorerElement } from '@eigengan/viz/explorer';

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
  const store = browserStore('two-steps');
  const { history } = await trainer.fit(loader(portraits({ size: 16 }), { batch: 4 }), {
    steps: 2,
    checkpoint: { every: 2, store },
  });
  return {
    report,
    losses: history.g_loss,
    checkpoints: (await store.list()).map(({ step }) => step),
    red: await decodedRed(),
    ...(await pictures()),
    explored: await exploredRed(),
  };
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

const picture = (red) => ({
  width: 16,
  height: 16,
  data: Uint8Array.from({ length: 1024 }, (_, i) => [red, 0, 0, 255][i % 4]),
});

// The page has no mediabunny, and must be built all the same.
async function pictures() {
  const files = [await encodePng(picture(200)), await encodeWebp([picture(0), picture(200)])];
  const starts = files.map((bytes) => String.fromCharCode(...bytes.subarray(0, 4)));
  return { starts, mp4: await encodeMp4([picture(0)]).catch(({ name }) => name) };
}

// A slider that is the picture's red.
async function exploredRed() {
  const explorer = new ExplorerElement();
  explorer.model = {
    dimensions: [{ id: 'red', layer: 'color', importance: 1 }],
    render: ([red]) => picture(200 + red),
  };
  const rendered = new Promise((done) => {
    explorer.addEventListener('explorer-render', done, { once: true });
  });
  document.body.append(explorer);
  await rendered;
  await explorer.updateComplete;
  const canvas = explorer.shadowRoot.querySelector('canvas.picture');
  return canvas.getContext('2d').getImageData(8, 8, 1, 1).data[0];
}

globalThis.outcome = await train().catch((error) => ({ error: String(error) }));
