import { argumentError, assertFields } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawPicture } from './canvas';
import { type HeadingOptions, margin, textSize } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type ThemeName, themeOf } from './theme';
import { tileScale } from './tile-scale';
import { sharedShape, toPictures } from './to-pictures';

/** What one dimension does, in few images. */
export interface OverviewDimension {
  /** A word below its images. */
  readonly label: string;
  /** `[images, height, width, channels]` in [-1, 1]: the coordinate low, high; or low, mode, high. */
  readonly images: Tensor;
}

export interface OverviewLayer {
  readonly title: string;
  /** In the order to be drawn, the most important first. */
  readonly dimensions: readonly OverviewDimension[];
}

export interface LayerOverviewOptions extends HeadingOptions {
  /** Screen pixels per image pixel, an integer (nearest neighbour). Default: about 72 pixels an image. */
  readonly scale?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const size = textSize.label;
const small = textSize.small;
const cellGap = 16;
const layerGap = 26;

/**
 * A whole generator on one page: a row a layer, in it a cell a dimension, its images pressed together from the
 * lowest coordinate to the highest.
 *
 * @param layers the deepest first; the tensors stay the caller's to dispose of
 * @throws ArgumentError when there is no layer or dimension, or the shapes of images differ
 */
export async function layerOverview(
  layers: readonly OverviewLayer[],
  options: LayerOverviewOptions = {},
): Promise<Picture> {
  assertFields('layerOverview', options, ['title', 'subtitle', 'scale', 'theme']);
  const shape = sharedShape(
    layers.flatMap(({ dimensions }, i) =>
      dimensions.map(({ images }, j) => ({
        where: `layerOverview: layers[${i}].dimensions[${j}].images`,
        images,
      })),
    ),
  );
  if (shape === undefined) {
    throw argumentError('layerOverview: layers', 'must hold at least one with a dimension', layers);
  }
  const [count, height, width] = shape;
  const scale = tileScale('layerOverview', options.scale, height, width);
  const theme = themeOf('layerOverview', options.theme);

  const labels = layers.flatMap(({ dimensions }) => dimensions.map(({ label }) => textWidth(label, small)));
  const cell = Math.max(count * width * scale, ...labels);
  const rowHeight = size + 14 + height * scale + 10 + small;
  const columns = Math.max(...layers.map(({ dimensions }) => dimensions.length));
  const titles = layers.map(({ title }) => textWidth(title, size));
  const top = contentTop(options);
  const picture = page(options, theme, {
    width: Math.max(columns * (cell + cellGap) - cellGap, ...titles),
    height: layers.length * (rowHeight + layerGap) - layerGap,
  });
  for (const [row, { title, dimensions }] of layers.entries()) {
    const y = top + row * (rowHeight + layerGap);
    drawText(picture, title, margin, y, { size, color: theme.ink });
    for (const [column, { label, images }] of dimensions.entries()) {
      const x = margin + column * (cell + cellGap);
      for (const [i, image] of (await toPictures(images)).entries()) {
        drawPicture(picture, image, x + i * width * scale, y + size + 14, scale);
      }
      drawText(picture, label, x, y + rowHeight - small, { size: small, color: theme.muted });
    }
  }
  return picture;
}
