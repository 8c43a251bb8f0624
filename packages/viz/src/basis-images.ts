import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blankPicture, drawPicture } from './canvas';
import { rampColor, signedColor } from './color-ramp';
import { formatNumber } from './format-number';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin, textSize } from './heading';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type Theme, type ThemeName, themeOf } from './theme';

/** A layer's basis as images. */
export interface BasisImagesLayer {
  readonly title: string;
  /** [rank, height, width, features]: each basis vector in the form of the layer's features. */
  readonly basis: Tensor;
  /** [rank]: what each vector counts, written below it; they are drawn by its size. Default: the order given. */
  readonly importance?: readonly number[] | undefined;
}

export interface BasisImagesOptions extends HeadingOptions {
  /** Side of a tile in pixels, about: tiles are enlarged by whole numbers. Default 72. */
  readonly tileSize?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const gap = 8;
const layerGap = 26;
const size = textSize.label;
const small = textSize.small;

/**
 * The eigen-images: where in its layer's features each basis vector lies. One feature is drawn with its sign,
 * as departure from the middle of two colors; three features as the departure of a color from gray (what a
 * direction of pixels looks like); any other number by its strength, the root of the mean square over the
 * features. Each tile is scaled to its own largest value.
 *
 * @param layers the deepest first; the tensors stay the caller's to dispose of
 * @throws ArgumentError when there is no layer, a basis is not [rank, height, width, features], or importances are
 * not one a vector
 */
export async function basisImages(
  layers: readonly BasisImagesLayer[],
  options: BasisImagesOptions = {},
): Promise<Picture> {
  assertFields('basisImages', options, ['title', 'subtitle', 'tileSize', 'theme']);
  const { tileSize = 72 } = options;
  assertInteger('basisImages: tileSize', tileSize, { min: 8, max: 2048 });
  const theme = themeOf('basisImages', options.theme);
  if (layers.length === 0) throw argumentError('basisImages: layers', 'must hold at least one', layers);
  const rows = await Promise.all(
    layers.map(async (layer, i) => {
      assertLayer(`basisImages: layers[${i}]`, layer);
      const tiles = await tilesOf(layer, theme);
      const scale = Math.ceil(tileSize / Math.max(layer.basis.shape[1] ?? 1, layer.basis.shape[2] ?? 1));
      return { title: layer.title, tiles, scale };
    }),
  );

  const left = margin + Math.max(...rows.map(({ title }) => textWidth(title, size))) + 24;
  const rowWidth = (row: (typeof rows)[number]) =>
    row.tiles.reduce((sum, { picture }) => sum + Math.max(picture.width * row.scale, 44) + gap, -gap);
  const tileHeight = (row: (typeof rows)[number]) => (row.tiles[0]?.picture.height ?? 0) * row.scale;
  const top = margin + headingHeight(options);
  const inner = Math.max(left - margin + Math.max(...rows.map(rowWidth)), headingWidth(options));
  const height = rows.reduce((sum, row) => sum + tileHeight(row) + small + 10 + layerGap, top - layerGap);
  const picture = blankPicture(inner + 2 * margin, height + margin, theme.background);
  drawHeading(picture, options, theme);
  let y = top;
  for (const row of rows) {
    const middle = y + (tileHeight(row) - size) / 2;
    drawText(picture, row.title, margin, middle, { size, color: theme.ink });
    let x = left;
    for (const { picture: tile, text } of row.tiles) {
      const width = Math.max(tile.width * row.scale, 44);
      drawPicture(picture, tile, x + Math.floor((width - tile.width * row.scale) / 2), y, row.scale);
      const below = y + tileHeight(row) + 10;
      drawText(picture, text, x + width / 2, below, { size: small, color: theme.muted, align: 'center' });
      x += width + gap;
    }
    y += tileHeight(row) + small + 10 + layerGap;
  }
  return picture;
}

async function tilesOf({ basis, importance }: BasisImagesLayer, theme: Theme) {
  const [rank = 0, height = 0, width = 0, features = 0] = basis.shape;
  const values = await basis.data();
  const tiles = Array.from({ length: rank }, (_, i) => {
    const length = height * width * features;
    const vector = Array.from(values.subarray(i * length, (i + 1) * length));
    const picture = { width, height, data: vectorPixels(vector, features, theme) };
    const weight = importance?.[i];
    return { picture, weight, text: weight === undefined ? String(i + 1) : formatNumber(weight, 2) };
  });
  return tiles.sort((a, b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0));
}

function vectorPixels(vector: readonly number[], features: number, theme: Theme): Uint8Array {
  const pixels = vector.length / features;
  const data = new Uint8Array(pixels * 4).fill(255);
  const strengths = Array.from({ length: pixels }, (_, pixel) => {
    let sum = 0;
    for (let feature = 0; feature < features; feature++)
      sum += (vector[pixel * features + feature] ?? 0) ** 2;
    return Math.sqrt(sum / features);
  });
  const signed = features === 1 || features === 3;
  const largest = (signed ? vector : strengths).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const share = (value = 0) => (largest === 0 ? 0 : value / largest);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const own = vector.slice(pixel * features, (pixel + 1) * features);
    const color =
      features === 3
        ? own.map((value) => Math.round(127.5 + 127.5 * share(value)))
        : signed
          ? signedColor(theme, share(own[0]))
          : rampColor(theme, share(strengths[pixel]));
    data.set(color, pixel * 4);
  }
  return data;
}

function assertLayer(where: string, { basis, importance }: BasisImagesLayer): void {
  if (basis.rank !== 4 || basis.size === 0) {
    throw argumentError(`${where}.basis`, 'must be [rank, height, width, features]', basis.shape);
  }
  const [rank = 0] = basis.shape;
  if (importance !== undefined && importance.length !== rank) {
    throw argumentError(
      `${where}.importance`,
      `must be one for each of the ${rank} vectors`,
      importance.length,
    );
  }
}
