import { assertFactors } from '../factors/assert-factors';
import { type ImageSize, imageSize } from '../image-size';
import { camera } from './camera';
import { type RoomFactors, roomFactorRanges } from './factors';
import { sceneOf } from './scene';
import type { Sight } from './sight';

/**
 * Draws one room, with smooth edges at any size. The drawing fits the shorter side; what a longer side adds is
 * more of the room.
 *
 * The same factors and size give the same bytes in every engine: only +, -, *, / and square roots are used.
 *
 * @param size pixels a side, or [height, width]; at least 8
 * @returns [height, width, 3] bytes, the caller's own
 * @throws ArgumentError for a factor out of its range or a size below 8
 */
export function drawRoom(factors: RoomFactors, size: ImageSize): Uint8Array {
  assertFactors('drawRoom', factors, roomFactorRanges, ['shape']);
  const [height, width] = imageSize('drawRoom: size', size);
  return renderRoom(factors, height, width);
}

/** Where a pixel is looked at when an edge goes through it: 16 columns and 8 rows, alike from left and right. */
const samples = [0, 4, 2, 6, 1, 5, 3, 7].flatMap((step, row) => {
  const offset = (step + 0.5) / 16;
  const y = (row + 0.5) / 8;
  return [
    { x: 0.5 - offset, y },
    { x: 0.5 + offset, y },
  ];
});

/** `drawRoom` of what is known to be right. */
export function renderRoom(factors: RoomFactors, height: number, width: number): Uint8Array {
  const look = sceneOf(factors);
  const directionTo = camera(height, width);
  const bytes = new Uint8Array(height * width * 3);
  const surfaces = new Uint8Array(height * width);
  const sum: [number, number, number] = [0, 0, 0];
  const write = (pixel: number, count: number) => {
    for (let channel = 0; channel < 3; channel++) {
      bytes[pixel * 3 + channel] = (sum[channel]! / count) * 255 + 0.5;
      sum[channel] = 0;
    }
  };
  for (let pixel = 0; pixel < surfaces.length; pixel++) {
    const y = Math.floor(pixel / width);
    const sight = look(directionTo((pixel % width) + 0.5, y + 0.5));
    surfaces[pixel] = sight.surface;
    addTo(sum, sight);
    write(pixel, 1);
  }
  for (let pixel = 0; pixel < surfaces.length; pixel++) {
    if (!isAtEdge(surfaces, pixel, height, width)) continue;
    const y = Math.floor(pixel / width);
    for (const sample of samples) {
      addTo(sum, look(directionTo((pixel % width) + sample.x, y + sample.y)));
    }
    write(pixel, samples.length);
  }
  return bytes;
}

function addTo(sum: [number, number, number], { tint, light, gloss }: Sight): void {
  for (let channel = 0; channel < 3; channel++) {
    sum[channel]! += Math.min(1, tint[channel]! * light + gloss);
  }
}

/** Whether the pixel, or one of the eight around it, shows another surface. */
function isAtEdge(surfaces: Uint8Array, pixel: number, height: number, width: number): boolean {
  const row = Math.floor(pixel / width);
  const column = pixel % width;
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
      if (surfaces[y * width + x] !== surfaces[pixel]) return true;
    }
  }
  return false;
}
