import { type Place, places } from './place';
import type { BackendResult } from './results';
import { type VariantName, variantNames, variants } from './variants';

const columns = [
  'Backend',
  'Where',
  'Device',
  'Trains',
  'Second order',
  'Threads',
  'Largest difference from `cpu`',
  'Time of a step, `wasm` = 1',
];

/** Every backend in every place where it can be had, in the order of the table. */
export const tableRows: readonly { readonly variant: VariantName; readonly place: Place }[] = places.flatMap(
  (place) =>
    variantNames
      .filter((variant) => variants[variant].places.includes(place))
      .map((variant) => ({ variant, place })),
);

/**
 * The results as a table in Markdown, Node first.
 *
 * @throws Error when a backend has no result
 */
export function renderTable(results: readonly BackendResult[]): string {
  const lines = tableRows.map(({ variant, place }) => {
    const found = (name: VariantName) => results.find((r) => r.variant === name && r.place === place);
    const result = found(variant);
    if (result === undefined) throw new Error(`the suite wrote no result of ${variant} in ${place}`);
    return [`\`${variant}\``, result.where, ...describeResult(result, found('wasm')?.milliseconds)];
  });
  return [columns, columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function describeResult(result: BackendResult, wasm: number | undefined): string[] {
  const { skipped, device, software, trains, secondOrder, threads, largestDifference, milliseconds } = result;
  if (skipped !== undefined) return [`not tested: ${skipped}`, '', '', '', '', ''];
  return [
    `${device}${software ? ', a program that plays a GPU' : ''}`,
    trains ? 'yes' : 'no',
    secondOrder === undefined ? '' : `${secondOrder.passed} of ${secondOrder.total}`,
    String(threads ?? ''),
    result.variant === 'cpu' || largestDifference === undefined
      ? ''
      : `${largestDifference.error.toExponential(0)} in ${largestDifference.at}`,
    wasm === undefined || milliseconds === undefined ? '' : twoDigits(milliseconds / wasm),
  ];
}

/** Two digits, and no exponent. */
function twoDigits(value: number): string {
  const digits = value.toPrecision(2);
  return digits.includes('e') ? String(Number(digits)) : digits;
}
