import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blankPicture, drawPicture } from './canvas';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin, textSize } from './heading';
import type { Picture } from './picture';
import { defaultScale } from './sample-grid';
import { drawText, textWidth } from './text';
import { type ThemeName, themeOf } from './theme';
import { assertImages, toPictures } from './to-pictures';

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
  const [count, height, width] = assertLayers(layers);
  const { scale = defaultScale(height, width) } = options;
  assertInteger('layerOverview: scale', scale, { min: 1, max: 64 });
  const theme = themeOf('layerOverview', options.theme);

  const labels = layers.flatMap(({ dimensions }) => dimensions.map(({ label }) => textWidth(label, small)));
  const cell = Math.max(count * width * scale, ...labels);
  const rowHeight = size + 14 + height * scale + 10 + small;
  const columns = Math.max(...layers.map(({ dimensions }) => dimensions.length));
  const titles = layers.map(({ title }) => textWidth(title, size));
  const inner = Math.max(columns * (cell + cellGap) - cellGap, headingWidth(options), ...titles);
  const top = margin + headingHeight(options);
  const total = top + layers.length * (rowHeight + layerGap) - layerGap + margin;
  const picture = blankPicture(inner + 2 * margin, total, theme.background);
  drawHeading(picture, options, theme);
  for (const [row, { title, dimensions }] of layers.entries()) {
    const y = top + row * (rowHeight + layerGap);
    drawText(picture, title, margin, y, { size, color: theme.ink });
    for (const [column, { label, images }] of dimensions.entries()) {
      const x = margin + column * (cell + cellGap);
      const first = x + Math.floor((cell - count * width * scale) / 2);
      for (const [i, image] of (await toPictures(images)).entries()) {
        drawPicture(picture, image, first + i * width * scale, y + size + 14, scale);
      }
      const style = { size: small, color: theme.muted, align: 'center' } as const;
      drawText(picture, label, x + cell / 2, y + rowHeight - small, style);
    }
  }
  return picture;
}

function assertLayers(
  layers: readonly OverviewLayer[],
): readonly [count: number, height: number, width: number] {
  const shape = layers[0]?.dimensions[0]?.images.shape;
  if (shape === undefined) {
    throw argumentError('layerOverview: layers', 'must hold at least one with a dimension', layers);
  }
  for (const [i, { dimensions }] of layers.entries()) {
    for (const [j, { images }] of dimensions.entries()) {
      const where = `layerOverview: layers[${i}].dimensions[${j}].images`;
      assertImages(where, images);
      if (images.shape.join() === shape.join()) continue;
      throw argumentError(where, `must be of the shape of the first, [${shape.join(', ')}]`, images.shape);
    }
  }
  const [count = 0, height = 0, width = 0] = shape;
  return [count, height, width];
}
