import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import {
  type FactorSource,
  type PortraitFactors,
  portraits,
  type RoomFactors,
  roomFactorValues,
  rooms,
  type SpriteFactors,
  spriteFactorValues,
  sprites,
} from './src/index';

/** Draws the pictures of the README into `docs/`. */
const folder = fileURLToPath(new URL('docs/', import.meta.url));

/** Lays pictures of size x size out in rows of `columns`, `gap` gray pixels apart, and writes the sheet. */
async function writeSheet(
  name: string,
  pictures: readonly Uint8Array[],
  { size, channels, columns, gap = 0 }: { size: number; channels: 1 | 3; columns: number; gap?: number },
) {
  const width = columns * (size + gap) - gap;
  const height = (pictures.length / columns) * (size + gap) - gap;
  const sheet = new Uint8Array(width * height * channels).fill(72);
  pictures.forEach((picture, i) => {
    const top = Math.floor(i / columns) * (size + gap);
    const left = (i % columns) * (size + gap);
    for (let y = 0; y < size; y++) {
      const row = picture.subarray(y * size * channels, (y + 1) * size * channels);
      sheet.set(row, ((top + y) * width + left) * channels);
    }
  });
  await sharp(sheet, { raw: { width, height, channels } })
    .png({ compressionLevel: 9 })
    .toFile(`${folder}${name}.png`);
}

/** The first pictures of a source. */
const first = (source: FactorSource<object>, count: number) =>
  Array.from({ length: count }, (_, i) => source.read(i));

await mkdir(folder, { recursive: true });

const face: PortraitFactors = {
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
await writeSheet('portraits', first(portraits({ size: 64 }), 60), { size: 64, channels: 3, columns: 12 });
const faces = portraits({ size: 48 });
for (const [name, [min, max]] of Object.entries(faces.factorRanges)) {
  const steps = name === 'glasses' ? 2 : 7;
  const values = Array.from({ length: steps }, (_, i) => min + ((max - min) * i) / (steps - 1));
  const pictures = values.map((value) => faces.draw({ ...face, [name]: value }));
  await writeSheet(name, pictures, { size: 48, channels: 3, columns: steps });
}

const sprite: SpriteFactors = { shape: 2, scale: 0.8, orientation: 0, x: 0.5, y: 0.5 };
await writeSheet('sprites', first(sprites({ size: 64 }), 36), { size: 64, channels: 1, columns: 12, gap: 1 });
const small = sprites({ size: 48 });
for (const [name, values] of Object.entries(spriteFactorValues)) {
  const pictures = someOf(values, 7).map((value) => small.draw({ ...sprite, [name]: value }));
  await writeSheet(`sprites-${name}`, pictures, { size: 48, channels: 1, columns: pictures.length, gap: 1 });
}

const room: RoomFactors = {
  floorHue: 0.1,
  wallHue: 0.6,
  objectHue: 0,
  scale: 1,
  shape: 0,
  orientation: 15,
};
await writeSheet('rooms', first(rooms({ size: 64 }), 36), { size: 64, channels: 3, columns: 12 });
const smallRooms = rooms({ size: 48 });
for (const [name, values] of Object.entries(roomFactorValues)) {
  const pictures = someOf(values, 7).map((value) => smallRooms.draw({ ...room, [name]: value }));
  await writeSheet(`rooms-${name}`, pictures, { size: 48, channels: 3, columns: pictures.length });
}

/** At most `count` of the values, evenly spread, both ends included. */
function someOf(values: readonly number[], count: number): number[] {
  const steps = Math.min(count, values.length);
  return Array.from(
    { length: steps },
    (_, i) => values[Math.round((i * (values.length - 1)) / (steps - 1))] ?? 0,
  );
}
