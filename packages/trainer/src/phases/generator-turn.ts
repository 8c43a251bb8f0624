import type { TrainerSettings } from '../trainer-options';
import { isDue } from './term';

type Turns = Pick<TrainerSettings, 'generatorInterval'>;

/** Whether G is updated on a 0-based step: on every n-th. */
export function generatorIsDue({ generatorInterval }: Turns, step: number): boolean {
  return isDue({ interval: generatorInterval }, step + 1);
}

/** How many updates G had before a 0-based step. Its terms count these, or some would never meet one. */
export function generatorUpdate({ generatorInterval }: Turns, step: number): number {
  return Math.floor(step / generatorInterval);
}
