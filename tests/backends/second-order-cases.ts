import { activations } from './second-order-activations';
import { convolutions } from './second-order-convolutions';
import { elementwise } from './second-order-elementwise';
import type { SecondOrderCase } from './second-order-maps';
import { normalizations } from './second-order-normalizations';
import { pooling, reductions, resizing } from './second-order-pooling';
import { reordering } from './second-order-reordering';

/** What the table in the README of `@eigengan/backends` calls right, and one map for each. */
export const secondOrderCases: readonly SecondOrderCase[] = [
  ...activations,
  ...elementwise,
  ...reductions,
  ...pooling,
  ...resizing,
  ...convolutions,
  ...reordering,
  ...normalizations,
];
