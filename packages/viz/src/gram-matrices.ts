import { argumentError, assertFields } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { formatNumber } from './format-number';
import type { HeadingOptions } from './heading';
import { type HeatMapOptions, heatMap } from './heat-map';
import type { Picture } from './picture';
import { sideBySide } from './side-by-side';
import { stacked } from './stacked';
import type { ThemeName } from './theme';

/** A layer's basis. */
export interface BasisLayer {
  readonly title: string;
  /** [rank, units], a basis vector a row. It stays the caller's to dispose of. */
  readonly basis: tf.Tensor;
}

export interface GramMatricesOptions extends HeadingOptions {
  /** As of `heatMap`. Default 2. */
  readonly decimals?: HeatMapOptions['decimals'];
  /** As of `heatMap`. Default 44: what products of two decimal places, signed, take. */
  readonly cellSize?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

/**
 * How orthonormal each basis is: the products of its vectors, `U^T U`, which are 1 on the diagonal and 0 beside
 * it for an orthonormal one, and below the title the largest departure from that. Products beyond -1 and 1 have
 * the color of the end.
 *
 * @throws ArgumentError when there is no layer, or a basis is not [rank, units]
 */
export async function gramMatrices(
  layers: readonly BasisLayer[],
  options: GramMatricesOptions = {},
): Promise<Picture> {
  assertFields('gramMatrices', options, ['title', 'subtitle', 'decimals', 'cellSize', 'theme']);
  if (layers.length === 0) throw argumentError('gramMatrices: layers', 'must hold at least one', layers);
  const { decimals = 2, cellSize = 44, title, subtitle, theme } = options;
  const maps: Picture[] = [];
  for (const [i, { title: layer, basis }] of layers.entries()) {
    const gram = await gramMatrix(`gramMatrices: layers[${i}].basis`, basis);
    const error = gram.flatMap((row, a) => row.map((value, b) => Math.abs(value - (a === b ? 1 : 0))));
    const words = `off by ${formatNumber(Math.max(...error), 4)} at most`;
    maps.push(
      heatMap(gram, {
        title: layer,
        subtitle: words,
        range: [-1, 1],
        decimals,
        cellSize,
        theme,
        colors: 'signed',
      }),
    );
  }
  return stacked([sideBySide(maps, { theme })], { title, subtitle, theme });
}

async function gramMatrix(where: string, basis: tf.Tensor): Promise<number[][]> {
  if (basis.rank !== 2 || basis.size === 0) throw argumentError(where, 'must be [rank, units]', basis.shape);
  const gram = tf.tidy(() => tf.matMul(basis, basis, false, true));
  const values = await gram.data();
  gram.dispose();
  const [rank = 0] = basis.shape;
  return Array.from({ length: rank }, (_, row) => Array.from(values.slice(row * rank, (row + 1) * rank)));
}
