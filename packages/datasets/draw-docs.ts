import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { drawPortrait, type PortraitFactors, portraitFactorRanges, portraits } from './src/index';

/** Draws the pictures of the README into `docs/`. */
const folder = fileURLToPath(new URL('docs/', import.meta.url));

/** Lays pictures of size x size out in rows of `columns`, and writes the sheet. */
async function writeSheet(name: string, pictures: readonly Uint8Array[], size: number, columns: number) {
  const width = columns * size;
  const sheet = new Uint8Array(pictures.length * size * size * 3);
  pictures.forEach((picture, i) => {
    const top = Math.floor(i / columns) * size;
    const left = (i % columns) * size;
    for (let y = 0; y < size; y++) {
      sheet.set(picture.subarray(y * size * 3, (y + 1) * size * 3), ((top + y) * width + left) * 3);
    }
  });
  const raw = { width, height: (pictures.length / columns) * size, channels: 3 } as const;
  await sharp(sheet, { raw }).png({ compressionLevel: 9 }).toFile(`${folder}${name}.png`);
}

const example: PortraitFactors = {
  headTurn: 0.15,
  faceWidth: 0.5,
  smile: 0.4,
  eyeOpening: 0.8,
  glasses: 0,
  hairLength: 0.6,
  hairColor: 0.5,
  skinTone: 0.75,
  backgroundHue: 0.55,
  lightDirection: -0.3,
};

await mkdir(folder, { recursive: true });
const source = portraits({ size: 64 });
await writeSheet(
  'portraits',
  Array.from({ length: 60 }, (_, i) => source.read(i)),
  64,
  12,
);
for (const [name, [min, max]] of Object.entries(portraitFactorRanges)) {
  const steps = name === 'glasses' ? 2 : 7;
  const values = Array.from({ length: steps }, (_, i) => min + ((max - min) * i) / (steps - 1));
  const pictures = values.map((value) => drawPortrait({ ...example, [name]: value }, 48));
  await writeSheet(name, pictures, 48, steps);
}
