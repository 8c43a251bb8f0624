import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeMpi, mpirun } from '../testing/mpirun';
import { loadOpenMpi } from './load-open-mpi';
import { openMpi } from './open-mpi';

describeMpi('openMpi, in processes', () => {
  it.concurrent('sums, averages and broadcasts, while timers go on', async () => {
    const { code, lines, errors } = await mpirun(3, './mpi-worker.ts', 'work');
    expect(errors).toBe('');
    expect(code).toBe(0);
    const results = lines.map((line) => JSON.parse(line)).sort((a, b) => a.rank - b.rank);
    const shared = {
      size: 3,
      sum: { 0: 4.5, 1: 7.5, 2: 10.5 },
      mean: { 0: 1.5, 1: 2.5, 2: 3.5 },
      same: true,
      alive: true,
    };
    expect(results).toEqual(
      [1, 1.5, 2].map((first, rank) => ({ ...shared, rank, floats: { 0: first, 1: 2, 2: 3 } })),
    );
  });

  it.concurrent('ends the others when a process fails, naming it and its error', async () => {
    const { code, errors } = await mpirun(2, './mpi-worker.ts', 'throw');
    expect(code).toBe(1);
    expect(errors).toContain('rank 1 of 2: RangeError: a bad day');
    expect(errors).toContain('rank 1 of 2: ended with code 1; ends the other processes');
  });

  it.concurrent('ends the others when a process ends that they wait for', async () => {
    const { code, errors } = await mpirun(2, './mpi-worker.ts', 'leave');
    expect(code).toBe(1);
    expect(errors).toContain(
      'rank 1 of 2: ended before the others did (rank 0: sum of 3 values, rank 1: the end)',
    );
  });

  it.concurrent('refuses in every process what they do not all ask for', async () => {
    const { code, lines } = await mpirun(2, './mpi-worker.ts', 'differ');
    const message =
      'openMpi: every process must ask for the same in the same order, ' +
      'got rank 0: sum of 2 values, rank 1: sum of 3 values';
    expect(lines).toEqual([message, message]);
    expect(code).toBe(0);
  });

  it('is a process alone without mpirun', async () => {
    const alone = await openMpi();
    expect([alone.rank, alone.size]).toEqual([0, 1]);
    const values = Float32Array.of(1, 2);
    await alone.allReduce(values, 'mean');
    await alone.broadcast(values, 0);
    expect([...values]).toEqual([1, 2]);
    await expect(alone.broadcast(values, 1)).rejects.toThrow('openMpi.broadcast: root');
    expect(await openMpi()).toBe(alone);
  });
});

describe('openMpi, where something is missing', () => {
  afterEach(() => {
    vi.doUnmock('koffi');
    vi.resetModules();
  });

  it('says how to install koffi', async () => {
    vi.doMock('koffi', () => {
      throw new Error('Cannot find package');
    });
    await expect(loadOpenMpi(undefined)).rejects.toThrow(
      'openMpi: needs the package koffi, which could not be loaded. Install it with: npm i koffi',
    );
  });

  it('says how to install Open MPI', async () => {
    await expect(loadOpenMpi('/nowhere/libmpi.so')).rejects.toThrow(
      "openMpi: needs Open MPI's /nowhere/libmpi.so, which could not be loaded. Install it with: apt-get",
    );
  });
});
