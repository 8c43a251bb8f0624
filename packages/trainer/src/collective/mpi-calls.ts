import type { LibraryHandle } from 'koffi';

type Call = ReturnType<LibraryHandle['func']>;

/** `MPI_THREAD_SERIALIZED`: calls from any thread, one at a time. */
const serialized = 2;
/** `MPI_THREAD_MULTIPLE`: calls from any thread at any time. */
const multiple = 3;
/** `MPI_IN_PLACE`: what is received overwrites what is sent. */
const inPlace = 1n;
/** A count is a C int. */
const mostBytes = 2 ** 30;
/** `MPI_MAX_ERROR_STRING`. */
const longestError = 256;

const functionsOf = (library: LibraryHandle) => ({
  initThread: library.func('int MPI_Init_thread(void *argc, void *argv, int required, _Out_ int *provided)'),
  setErrorHandler: library.func('int MPI_Comm_set_errhandler(void *comm, void *handler)'),
  rank: library.func('int MPI_Comm_rank(void *comm, _Out_ int *rank)'),
  size: library.func('int MPI_Comm_size(void *comm, _Out_ int *size)'),
  allReduce: library.func(
    'int MPI_Allreduce(void *send, void *receive, int count, void *type, void *op, void *comm)',
  ),
  broadcast: library.func('int MPI_Bcast(void *values, int count, void *type, int root, void *comm)'),
  allGather: library.func(
    'int MPI_Iallgather(void *send, int sent, void *sentType, void *receive, int count, void *type, void *comm, _Out_ void **request)',
  ),
  wait: library.func('int MPI_Wait(_Inout_ void **request, void *status)'),
  test: library.func('int MPI_Test(_Inout_ void **request, _Out_ int *done, void *status)'),
  errorString: library.func('int MPI_Error_string(int code, void *text, _Out_ int *length)'),
  finalize: library.func('int MPI_Finalize(void)'),
  abort: library.func('int MPI_Abort(void *comm, int code)'),
});

/** In Open MPI a handle is the address of a global object. */
const handlesOf = (library: LibraryHandle) => {
  const handle = (name: string): bigint => library.symbol(`ompi_mpi_${name}`);
  return {
    world: handle('comm_world'),
    errorsReturn: handle('errors_return'),
    float: handle('float'),
    double: handle('double'),
    byte: handle('byte'),
    sum: handle('op_sum'),
  };
};

/**
 * What we call of Open MPI. What waits for other processes while training runs on a thread of koffi's, so that
 * this one goes on decoding images and hearing signals. A call that fails throws with MPI's own words.
 */
export class MpiCalls {
  readonly #functions: ReturnType<typeof functionsOf>;
  readonly #handles: ReturnType<typeof handlesOf>;

  constructor(library: LibraryHandle) {
    this.#functions = functionsOf(library);
    this.#handles = handlesOf(library);
  }

  init(): { rank: number; size: number } {
    const { initThread, setErrorHandler, rank, size } = this.#functions;
    const { world, errorsReturn } = this.#handles;
    // Several threads at once: an abort must not wait for the one that waits for others.
    const threads = this.#number((provided) => initThread(null, null, multiple, provided));
    if (threads < serialized) throw new Error('this Open MPI was built without threads');
    // By default an error would end the process without a word from us.
    this.#succeed(setErrorHandler(world, errorsReturn));
    return {
      rank: this.#number((value) => rank(world, value)),
      size: this.#number((value) => size(world, value)),
    };
  }

  /** Each value becomes the sum over the processes. */
  sum(values: Float32Array): Promise<void> {
    const { float, sum, world } = this.#handles;
    return this.#wait(this.#functions.allReduce, inPlace, values, values.length, float, sum, world);
  }

  async broadcast(bytes: Uint8Array, root: number): Promise<void> {
    const { byte, world } = this.#handles;
    for (let start = 0; start < bytes.length; start += mostBytes) {
      const some = bytes.subarray(start, start + mostBytes);
      await this.#wait(this.#functions.broadcast, some, some.length, byte, root, world);
    }
  }

  /** Fills `all` with every process's `own`, by rank. */
  async gather(own: Float64Array, all: Float64Array): Promise<void> {
    await this.#wait(this.#functions.wait, this.#allGather(own, all), null);
  }

  /** The same while nothing else runs here, asleep until the others come. */
  gatherAsleep(own: Float64Array, all: Float64Array): void {
    const request = this.#allGather(own, all);
    const never = new Int32Array(new SharedArrayBuffer(4));
    while (this.#number((done) => this.#functions.test(request, done, null)) === 0) {
      Atomics.wait(never, 0, 0, 5);
    }
  }

  finalize(): void {
    this.#succeed(this.#functions.finalize());
  }

  /** Ends every process, this one at once. */
  abort(code: number): void {
    this.#functions.abort(this.#handles.world, code);
  }

  /** Both ways begin alike: MPI matches no call that waits with one that does not. */
  #allGather(own: Float64Array, all: Float64Array): [bigint] {
    const { double, world } = this.#handles;
    const request: [bigint] = [0n];
    this.#succeed(
      this.#functions.allGather(own, own.length, double, all, own.length, double, world, request),
    );
    return request;
  }

  /** The number that a call writes. */
  #number(call: (out: [number]) => number): number {
    const out: [number] = [0];
    this.#succeed(call(out));
    return out[0];
  }

  #wait(call: Call, ...args: unknown[]): Promise<void> {
    return new Promise((resolve, reject) => {
      call.async(...args, (error: unknown, code: number) => {
        try {
          if (error) throw error;
          this.#succeed(code);
          resolve();
        } catch (failure) {
          reject(failure);
        }
      });
    });
  }

  #succeed(code: number): void {
    if (code === 0) return;
    const text = new Uint8Array(longestError);
    const length: [number] = [0];
    this.#functions.errorString(code, text, length);
    throw new Error(new TextDecoder().decode(text.subarray(0, length[0])));
  }
}
