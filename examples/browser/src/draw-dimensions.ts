import { drawPictures } from './draw-pictures';
import { create } from './element';
import type { DimensionRow } from './messages';

/** Shows a strip of pictures for each eigen-dimension, under the words that say which it is. */
export function drawDimensions(place: HTMLElement, rows: readonly DimensionRow[]): void {
  place.replaceChildren(
    ...rows.map(({ label: { layer, rank, activity = 0 }, pictures }) => {
      const figure = create('figure');
      const caption = create('figcaption', `Layer ${layer}, dimension ${rank}`);
      caption.append(create('span', `changes a pixel by ${(50 * activity).toFixed(1)} %`));
      const canvas = create('canvas');
      canvas.className = 'pixels';
      drawPictures(canvas, pictures, pictures.length);
      figure.append(caption, canvas);
      return figure;
    }),
  );
}
