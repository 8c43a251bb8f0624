import { availableParallelism, cpus } from 'node:os';

/** Today, the processor, its cores and Node: what a figure is worth nothing without. */
export function describeMachine(): string {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const today = new Date().toISOString().slice(0, 10);
  return `${today}, ${processor}, ${availableParallelism()} cores, Node ${process.version}`;
}
