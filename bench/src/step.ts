import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Contender } from './contender';
import { median } from './statistics';

export interface StepOptions {
  /** Rounds; in each every contender does one cycle of steps, in turn. */
  readonly rounds: number;
  /** Where to write the figures as JSON. */
  readonly json: string | undefined;
}

/** Steps in a cycle: the penalty is due in one of four. */
const cycle = 4;
const path = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The bench's own Python, else the system's if it has PyTorch. */
function pythonWithTorch(): string | undefined {
  const candidates = [path('peers/.venv/bin/python'), 'python3'];
  return candidates.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
}

/** One thread is one core where the system can pin; without, the process may still use others. */
function onCores(threads: number, command: readonly string[]): string[] {
  const pinned = threads === 1 && existsSync('/usr/bin/taskset');
  return pinned ? ['/usr/bin/taskset', '-c', '0', ...command] : [...command];
}

/**
 * Times the whole training step (32 px, batch 32, about 1 M parameters, R1 every 4th step) on wasm beside
 * PyTorch eager doing the same maths, in turn, so that a machine whose speed drifts is fair to both.
 */
export async function benchStep({ rounds, json }: StepOptions): Promise<void> {
  const python = pythonWithTorch();
  if (python === undefined) {
    console.log('PyTorch is not installed: run bench/peers/install.sh to measure against it.\n');
  }

  const figures: Record<string, { ms: number; peerMs: number | null; ratio: number | null }> = {};
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`,
  );
  for (const threads of [1, 2]) {
    const wasm = await Contender.start(
      'wasm',
      onCores(threads, [process.execPath, '--import', 'tsx', path('src/step-worker.ts')]),
    );
    const peers: Contender[] = [];
    if (python !== undefined) {
      for (const kind of ['folded', 'plain']) {
        const command = [python, path('peers/step.py'), '--threads', String(threads)];
        if (kind === 'plain') command.push('--plain');
        peers.push(await Contender.start(`PyTorch, ${kind}`, onCores(threads, command)));
      }
    }
    const contenders = [wasm, ...peers];
    try {
      for (const contender of contenders) await contender.run(cycle, { warmUp: true });
      for (let round = 0; round < rounds; round++) {
        for (const contender of contenders) await contender.run(cycle);
      }
    } finally {
      for (const contender of contenders) contender.stop();
    }
    console.log(`\n${threads} ${threads === 1 ? 'core' : 'cores'}, ${rounds} rounds of ${cycle} steps`);
    const ms = median(cyclesOf(wasm));
    for (const contender of contenders) {
      const own = median(cyclesOf(contender));
      const ratio = contender === wasm ? '' : `   wasm at ${(own / ms).toFixed(2)} of its speed`;
      const parameters = `${(contender.parameters / 1e6).toFixed(2)} M parameters`;
      console.log(
        `  ${contender.name.padEnd(16)} ${own.toFixed(0).padStart(5)} ms a step   (${contender.ready}, ${parameters})${ratio}`,
      );
    }
    const peerMs = peers[0] === undefined ? null : median(cyclesOf(peers[0]));
    figures[threads] = { ms, peerMs, ratio: peerMs === null ? null : peerMs / ms };
  }
  const wasm = Object.fromEntries(Object.entries(figures).map(([threads, step32]) => [threads, { step32 }]));
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ wasm }, null, 2)}\n`);
}

/** Milliseconds a step of each whole cycle, so that the penalty's step is in every figure. */
function cyclesOf({ milliseconds }: Contender): number[] {
  return Array.from({ length: milliseconds.length / cycle }, (_, i) =>
    milliseconds.slice(i * cycle, (i + 1) * cycle).reduce((sum, ms) => sum + ms / cycle, 0),
  );
}
