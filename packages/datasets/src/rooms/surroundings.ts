import type { SineAndCosine } from '../drawing/turn';
import { eye } from './camera';
import type { RoomFactors } from './factors';
import { tintOf } from './hue';
import { belowWall, sun } from './light';
import type { Look } from './sight';

/** From the middle of the floor to the wall behind it and to those at its sides. */
const reach = 2.4;
/** To the wall behind the eye. */
const rearReach = 8;
/** How far up the dusk of a corner goes. */
const dusk = 0.8;

/** Which surface is which; those of the object follow. */
const floor = 0;
const backWall = 1;
const leftWall = 2;
const rightWall = 3;
const rearWall = 4;
export const firstOfObject = 5;

/**
 * Floor and walls, as high as they are seen.
 *
 * @param turned by how much the room is turned about the vertical
 * @param occlusion which part of the light from above is kept from a point of the floor, 0 .. 1
 */
export function surroundings(
  { floorHue, wallHue }: RoomFactors,
  [sine, cosine]: SineAndCosine,
  occlusion: (x: number, y: number) => number,
): Look {
  const floorTint = tintOf(floorHue, 0.85);
  const wallTint = tintOf(wallHue, 0.78);
  // In the room's own frame: x along the wall behind, y towards it.
  const eyeX = eye[0] * cosine + eye[1] * sine;
  const eyeY = eye[1] * cosine - eye[0] * sine;
  const lightFrom = (facing: number) => 0.68 + 0.42 * Math.max(0, facing);
  const lights = {
    [backWall]: lightFrom(-sun[1] * cosine),
    [leftWall]: lightFrom(sun[1] * sine),
    [rightWall]: lightFrom(-sun[1] * sine),
    [rearWall]: lightFrom(sun[1] * cosine),
  };

  return (direction) => {
    const toX = direction[0] * cosine + direction[1] * sine;
    const toY = direction[1] * cosine - direction[0] * sine;
    const sideways = toX < 0 ? (reach + eyeX) / -toX : (reach - eyeX) / toX;
    const lengthways = toY < 0 ? (rearReach + eyeY) / -toY : (reach - eyeY) / toY;
    const distance = Math.min(sideways, lengthways, 1e6);
    const down = direction[2] < 0 ? -eye[2] / direction[2] : Number.POSITIVE_INFINITY;
    if (down < distance) {
      const x = eyeX + toX * down;
      const y = eyeY + toY * down;
      const corner = belowWall(reach - Math.abs(x), dusk) + belowWall(reach - y, dusk);
      const shadow = occlusion(eye[0] + direction[0] * down, eye[1] + direction[1] * down);
      return { tint: floorTint, light: 0.96 * (1 - 0.55 * corner) * (1 - shadow), gloss: 0, surface: floor };
    }
    const isSide = sideways < lengthways;
    const height = eye[2] + direction[2] * distance;
    const across = isSide ? reach - eyeY - toY * distance : reach - Math.abs(eyeX + toX * distance);
    const corner = belowWall(height, dusk) + belowWall(across, dusk);
    const side = toX < 0 ? leftWall : rightWall;
    const end = toY < 0 ? rearWall : backWall;
    const surface = isSide ? side : end;
    return { tint: wallTint, light: lights[surface] * (1 - 0.5 * corner), gloss: 0, surface };
  };
}
