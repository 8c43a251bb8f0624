import type { RunnerTask } from 'vitest';

/** How many tests of the group `name` below a suite were run, and how many of them passed. */
export function countTests(
  task: RunnerTask,
  name: string,
  inside = false,
): { readonly passed: number; readonly total: number } {
  if (task.type === 'test') {
    const ran = inside && task.mode === 'run';
    return { passed: ran && task.result?.state === 'pass' ? 1 : 0, total: ran ? 1 : 0 };
  }
  return task.tasks
    .map((child) => countTests(child, name, inside || task.name === name))
    .reduce((a, b) => ({ passed: a.passed + b.passed, total: a.total + b.total }), { passed: 0, total: 0 });
}
