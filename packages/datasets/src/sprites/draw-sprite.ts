import { coverageOf } from '../drawing/polygon';
import { turn } from '../drawing/turn';
import { assertFactors } from '../factors/assert-factors';
import { type ImageSize, imageSize } from '../image-size';
import { fullTurn, type SpriteFactors, spriteFactorRanges } from './factors';
import { outlines } from './outlines';

/** From the picture's middle to where the sprites of x or y 0 and 1 are, in parts of its shorter side. */
const reach = 0.25;

/**
 * Draws one sprite, white on black, each pixel as bright as the part of it that is covered. The drawing fits the
 * shorter side, around its middle.
 *
 * The same factors and size give the same bytes in every engine: only +, -, *, / and square roots are used.
 *
 * @param size pixels a side, or [height, width]; at least 8
 * @returns [height, width, 1] bytes, the caller's own
 * @throws ArgumentError for a factor out of its range or a size below 8
 */
export function drawSprite(factors: SpriteFactors, size: ImageSize): Uint8Array {
  assertFactors('drawSprite', factors, spriteFactorRanges, ['shape']);
  const [height, width] = imageSize('drawSprite: size', size);
  return renderSprite(factors, height, width);
}

/** `drawSprite` of what is known to be right. */
export function renderSprite(factors: SpriteFactors, height: number, width: number): Uint8Array {
  const side = Math.min(height, width);
  const [sine, cosine] = turn(factors.orientation / fullTurn);
  const scale = factors.scale * side;
  const middleX = width / 2 + (factors.x - 0.5) * 2 * reach * side;
  const middleY = height / 2 + (factors.y - 0.5) * 2 * reach * side;
  const outline = outlines[factors.shape] ?? [];
  const corners: number[] = [];
  for (let i = 0; i < outline.length; i += 2) {
    const x = outline[i]! * scale;
    const y = outline[i + 1]! * scale;
    corners.push(middleX + x * cosine - y * sine, middleY + x * sine + y * cosine);
  }
  const cover = coverageOf(corners, height, width);
  const bytes = new Uint8Array(cover.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = cover[i]! * 255 + 0.5;
  return bytes;
}
