import type { DirectiveResult } from 'lit/directive.js';
import { type RefDirective, ref } from 'lit/directives/ref.js';
import type { Picture } from '../picture';

const drawn = new WeakMap<HTMLCanvasElement, Picture>();

/** Put into a canvas's tag, it draws the picture there, pixel by pixel; the style sheet enlarges it. */
export function showing(picture: Picture): DirectiveResult<typeof RefDirective> {
  return ref((element) => {
    if (!(element instanceof HTMLCanvasElement) || drawn.get(element) === picture) return;
    const { width, height, data } = picture;
    // Setting a canvas's size clears it, and is left out where nothing changed.
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    const image = new ImageData(new Uint8ClampedArray(data), width, height);
    element.getContext('2d')?.putImageData(image, 0, 0);
    drawn.set(element, picture);
  });
}

/** The style of what has a picture's shape. */
export const shape = ({ width, height }: Picture) => `aspect-ratio: ${width} / ${height}`;
