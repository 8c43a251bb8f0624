import { argumentError, assertFields, assertFinite, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawPicture } from './canvas';
import { brokenColor, type Color } from './color';
import { rampColor, signedColor } from './color-ramp';
import { extent } from './extent';
import { formatNumber } from './format-number';
import { type HeadingOptions, margin, textSize } from './heading';
import { contentTop, page } from './page';
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
 * features. Each tile is scaled to its own largest value; where one is NaN or infinite it is magenta.
 *
 * @param layers the deepest first; the tensors stay the caller's to dispose of
 * @throws ArgumentError when there is no layer, a basis is not [rank, height, width, features], or importances are
 * not one finite number a vector
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
      const [, height = 1, width = 1] = layer.basis.shape;
      const scale = Math.ceil(tileSize / Math.max(height, width));
      const cellWidth = Math.max(width * scale, ...tiles.map(({ text }) => textWidth(text, small)));
      return { title: layer.title, tiles, scale, tileHeight: height * scale, cellWidth };
    }),
  );

  const left = margin + Math.max(...rows.map(({ title }) => textWidth(title, size))) + 24;
  const rowWidth = ({ tiles, cellWidth }: (typeof rows)[number]) => tiles.length * (cellWidth + gap) - gap;
  const picture = page(options, theme, {
    width: left - margin + Math.max(...rows.map(rowWidth)),
    height: rows.reduce((sum, { tileHeight }) => sum + tileHeight + small + 10 + layerGap, -layerGap),
  });
  let y = contentTop(options);
  for (const { title, tiles, scale, tileHeight, cellWidth } of rows) {
    drawText(picture, title, margin, y + (tileHeight - size) / 2, { size, color: theme.ink });
    for (const [column, { picture: tile, text }] of tiles.entries()) {
      const x = left + column * (cellWidth + gap);
      drawPicture(picture, tile, x + Math.floor((cellWidth - tile.width * scale) / 2), y, scale);
      const style = { size: small, color: theme.muted, align: 'center' } as const;
      drawText(picture, text, x + cellWidth / 2, y + tileHeight + 10, style);
    }
    y += tileHeight + small + 10 + layerGap;
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

/** A basis vector as RGBA: `vector` holds its features pixel by pixel. */
function vectorPixels(vector: readonly number[], features: number, theme: Theme): Uint8Array {
  const pixels = Array.from({ length: vector.length / features }, (_, pixel) =>
    vector.slice(pixel * features, (pixel + 1) * features),
  );
  const isSigned = features === 1 || features === 3;
  const values = isSigned ? pixels : pixels.map((pixel) => [Math.hypot(...pixel) / Math.sqrt(features)]);
  const [, largest] = extent([0, ...values.flat().map(Math.abs).filter(Number.isFinite)]);
  const data = new Uint8Array(pixels.length * 4).fill(255);
  for (const [at, pixel] of values.entries()) {
    const parts = pixel.map((value) => (largest === 0 ? 0 : value / largest));
    data.set(pixel.every(Number.isFinite) ? colorOf(parts, isSigned, theme) : brokenColor, at * 4);
  }
  return data;
}

/** The color of a pixel: of three parts as departures from gray, of one by its sign or its strength. */
function colorOf([part = 0, ...others]: readonly number[], isSigned: boolean, theme: Theme): Color {
  const [green, blue] = others;
  if (green === undefined || blue === undefined) {
    return isSigned ? signedColor(theme, part) : rampColor(theme, part);
  }
  const channel = (value: number) => Math.round(127.5 + 127.5 * value);
  return [channel(part), channel(green), channel(blue)];
}

function assertLayer(where: string, { basis, importance }: BasisImagesLayer): void {
  if (basis.rank !== 4 || basis.size === 0) {
    throw argumentError(`${where}.basis`, 'must be [rank, height, width, features]', basis.shape);
  }
  const [rank = 0] = basis.shape;
  if (importance === undefined) return;
  for (const [i, weight] of importance.entries()) assertFinite(`${where}.importance[${i}]`, weight);
  if (importance.length !== rank) {
    throw argumentError(
      `${where}.importance`,
      `must be one for each of the ${rank} vectors`,
      importance.length,
    );
  }
}
