import { argumentError, assertInteger, assertOneOf, messageOf, TrainingError } from '@eigengan/core';
import { Turns } from '../turns';
import type { Collective } from './collective';
import { endTogether } from './end-together';
import { loadOpenMpi } from './load-open-mpi';
import { MpiCalls } from './mpi-calls';
import { differenceOf, encodeRequest, type Request, roomForRequests } from './request';

export interface OpenMpiOptions {
  /** Path of `libmpi.so.40`. Default: where the system, `OPAL_PREFIX` or the `mpirun` on the PATH has it. */
  readonly library?: string | undefined;
}

let joined: Promise<Collective> | undefined;

/**
 * This process among those that `mpirun -np N` has started, on one machine or several; without mpirun, alone.
 * A process joins once: later calls give the same.
 *
 * A process that fails ends all the others, and says its rank and error on stderr; so does one that ends while
 * others wait for it. Needs the package `koffi`, and Open MPI 3, 4 or 5.
 *
 * @throws MissingPackageError when koffi or Open MPI is not installed
 * @throws TrainingError when Open MPI does not start, or another MPI's mpirun has started this process
 */
export function openMpi({ library }: OpenMpiOptions = {}): Promise<Collective> {
  joined ??= join(library);
  return joined;
}

async function join(path: string | undefined): Promise<Collective> {
  const calls = new MpiCalls(await loadOpenMpi(path));
  const { rank, size } = start(calls);
  const started = Number(process.env.OMPI_COMM_WORLD_SIZE ?? process.env.PMI_SIZE ?? size);
  if (started !== size) {
    throw new TrainingError(
      `openMpi: Open MPI must know the ${started} processes that were started, got ${size}`,
      { hint: "Start them with Open MPI's own mpirun" },
    );
  }
  const processes = new OpenMpi(calls, rank, size);
  if (size > 1) endTogether(calls, processes);
  else process.on('exit', () => calls.finalize());
  return processes;
}

function start(calls: MpiCalls): { rank: number; size: number } {
  try {
    return calls.init();
  } catch (cause) {
    throw new TrainingError(`openMpi: Open MPI must start, got ${messageOf(cause)}`, { cause });
  }
}

class OpenMpi implements Collective {
  /** MPI matches requests by their order. */
  readonly #turns = new Turns();
  #waiting = 0;

  constructor(
    private readonly calls: MpiCalls,
    readonly rank: number,
    readonly size: number,
  ) {}

  readonly isWaiting = () => this.#waiting > 0;

  async allReduce(values: Float32Array, operation: 'sum' | 'mean'): Promise<void> {
    if (!(values instanceof Float32Array)) {
      throw argumentError('openMpi.allReduce: values', 'must be a Float32Array', values);
    }
    assertOneOf('openMpi.allReduce: operation', operation, ['sum', 'mean']);
    await this.#together({ kind: operation, length: values.length, root: 0 }, () => this.calls.sum(values));
    if (operation === 'mean') for (let i = 0; i < values.length; i++) values[i]! /= this.size;
  }

  async broadcast(values: Float32Array | Uint8Array, root: number): Promise<void> {
    if (!(values instanceof Float32Array || values instanceof Uint8Array)) {
      throw argumentError('openMpi.broadcast: values', 'must be a Float32Array or a Uint8Array', values);
    }
    assertInteger('openMpi.broadcast: root', root, { min: 0, max: this.size - 1 });
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    await this.#together({ kind: 'broadcast', length: bytes.length, root }, () =>
      this.calls.broadcast(bytes, root),
    );
  }

  /** Runs `call` once it is known that all processes ask for the same: MPI itself would hang, or worse. */
  async #together(request: Request, call: () => Promise<void>): Promise<void> {
    if (this.size === 1) return;
    this.#waiting++;
    try {
      await this.#turns.take(async () => {
        const requests = roomForRequests(this.size);
        await this.calls.gather(encodeRequest(request), requests);
        const difference = differenceOf(requests);
        if (difference !== null) {
          throw new TrainingError(
            `openMpi: every process must ask for the same in the same order, got ${difference}`,
          );
        }
        await call();
      });
    } catch (cause) {
      if (cause instanceof TrainingError) throw cause;
      throw new TrainingError(
        `openMpi: ${request.kind} on rank ${this.rank} of ${this.size} must succeed, got ${messageOf(cause)}`,
        { cause },
      );
    } finally {
      this.#waiting--;
    }
  }
}
