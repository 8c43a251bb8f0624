import { turn } from '../drawing/turn';
import { eye } from './camera';
import type { RoomFactors } from './factors';
import { tintOf } from './hue';
import { belowWall, highlight, sun } from './light';
import type { Look } from './sight';
import { standingObject } from './standing-object';
import { firstOfObject, surroundings } from './surroundings';
import { dot } from './vector';

/** The room of these factors. The eye and the light stay where they are, and the room turns. */
export function sceneOf(factors: RoomFactors): Look {
  const turned = turn(-factors.orientation / 360);
  const { solid, occlusion } = standingObject(factors, turned);
  const lookAround = surroundings(factors, turned, occlusion);
  const tint = tintOf(factors.objectHue, 0.9);
  return (direction) => {
    const hit = solid(eye, direction);
    if (hit === undefined) return lookAround(direction);
    const { distance, normal, face } = hit;
    const height = eye[2] + direction[2] * distance;
    // Less light comes from below than from above, and least where the object meets the floor.
    const dusk = 0.8 * belowWall(height, 0.35) * (1 - normal[2]);
    const light = (0.42 + 0.12 * normal[2]) * (1 - dusk) + 0.6 * Math.max(0, dot(normal, sun));
    return { tint, light, gloss: 0.5 * highlight(direction, normal), surface: firstOfObject + face };
  };
}
