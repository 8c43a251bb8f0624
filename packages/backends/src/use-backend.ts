import { assertOneOf, EigenganError, missingPackage } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend, type PassedOver, type RunningBackend } from './auto-backend';
import type { BackendDescription, BackendModule, BackendName, WasmPaths } from './backend-module';
import { cpuBackend } from './cpu-backend';
import { floatPrecision } from './float-precision';
import type { RegisteredKernel } from './register-kernels';
import { repairGradients } from './repair-gradients';
import { type SelfTestResult, selfTest } from './self-test';
import { tensorflowBackend } from './tensorflow-backend';
import { wasmBackend } from './wasm-backend';
import { webglBackend } from './webgl-backend';
import { webgpuBackend } from './webgpu-backend';

const modules: Readonly<Record<BackendName, BackendModule>> = {
  cpu: cpuBackend,
  wasm: wasmBackend,
  webgl: webglBackend,
  webgpu: webgpuBackend,
  tensorflow: tensorflowBackend,
};

/** The backends that `useBackend` knows. */
export const backendNames: readonly BackendName[] = ['cpu', 'wasm', 'webgl', 'webgpu', 'tensorflow'];

export interface UseBackendOptions {
  /**
   * Where tfjs's `.wasm` files are: a folder ending in `/`, or an address for each file. Default: the copies
   * in this package, which Node, Vite and webpack find by themselves.
   */
  readonly wasmPaths?: WasmPaths | undefined;
  /**
   * Whether this package's SIMD kernels may be used, on wasm; without them its gradients are composed of
   * tfjs's own kernels, at half the speed. Default: true.
   */
  readonly simd?: boolean | undefined;
  /**
   * How many threads compute. On wasm more than one need shared memory: Node, or a page isolated from other
   * origins; default: 1. On tensorflow they share each operation; default: all cores, of which small networks
   * are often faster with one.
   */
  readonly threads?: number | undefined;
  /** Whether to check the backend's numbers before anything relies on them. Default: true. */
  readonly selfTest?: boolean | undefined;
}

/** What is really running. */
export interface BackendReport extends BackendDescription {
  readonly backend: BackendName;
  /** Version of the backend's package. */
  readonly version: string;
  /** Version of tfjs-core. */
  readonly coreVersion: string;
  /** Bits of the numbers it computes with, measured. Training wants 32. */
  readonly floatPrecision: 16 | 32;
  /** Kernels that this package brought, new ones and better ones. */
  readonly kernels: readonly RegisteredKernel[];
  /** Kernels whose gradients can be differentiated again since the repair. */
  readonly gradients: readonly string[];
  /** What `auto` did not take, and why; empty where a backend was named. */
  readonly passedOver: readonly PassedOver[];
  /** Absent when the self-test was turned off. */
  readonly selfTest?: SelfTestResult | undefined;
  /**
   * Aborted, with an EigenganError as its reason, when the device is lost (a GPU's driver restarts, a page in
   * the background loses its context): what is in its memory is then garbage. `trainer.fit` takes it as
   * its `signal`.
   */
  readonly lost: AbortSignal;
}

/**
 * Makes a backend ready for training a GAN: loads it, fills its gaps, repairs the gradients, makes it the
 * current one and checks its numbers.
 *
 * @param name `auto` takes the fastest that can train here: a GPU (webgpu, in browsers webgl too) that no program
 *   plays and that computes in 32 bits, else tensorflow (in Node), wasm, cpu.
 * @returns What is running.
 * @throws ArgumentError when the name is unknown; MissingPackageError when the backend's package is not
 *   installed; EigenganError when it does not start or computes wrong numbers.
 */
export async function useBackend(
  name: BackendName | 'auto',
  options: UseBackendOptions = {},
): Promise<BackendReport> {
  assertOneOf('useBackend name', name, [...backendNames, 'auto']);
  if (name !== 'auto') return { ...(await prepare(name, options)), passedOver: [] };
  const { chosen, passedOver } = await chooseBackend((each, accept) => prepare(each, options, accept));
  return { ...chosen, passedOver };
}

async function prepare(
  name: BackendName,
  options: UseBackendOptions,
  accept: (running: RunningBackend) => void = () => {},
): Promise<Omit<BackendReport, 'passedOver'>> {
  const backend = modules[name];
  const loaded = await backend.load(options).catch((cause: unknown) => {
    throw EigenganError.is(cause) ? cause : missingPackage('useBackend', backend.packageName, cause);
  });
  await loaded.configure(options);
  const gradients = repairGradients();
  const kernels = loaded.fillGaps();
  await start(name);
  const running = { ...(await loaded.describe()), floatPrecision: await floatPrecision() };
  accept(running);
  return {
    ...running,
    backend: name,
    version: loaded.version,
    coreVersion: tf.version_core,
    kernels,
    gradients,
    selfTest: options.selfTest === false ? undefined : await passedSelfTest(name),
    lost: lostSignal(name, loaded.watch),
  };
}

async function passedSelfTest(name: BackendName): Promise<SelfTestResult> {
  const result = await selfTest();
  if (result.passed) return result;
  const failed = result.checks.filter(({ passed }) => !passed);
  throw new EigenganError(
    `useBackend: ${name} must agree with plain loops to ${result.tolerance}, got ${failed
      .map(({ name: check, error }) => `${error} in ${check}`)
      .join(', ')}`,
  );
}

async function start(name: BackendName): Promise<void> {
  const started = await tf.setBackend(name).catch((cause: unknown) => {
    throw notStarted(name, cause);
  });
  if (!started) throw notStarted(name);
}

function notStarted(name: BackendName, cause?: unknown): EigenganError {
  return new EigenganError(`useBackend: the backend ${name} did not start`, {
    cause,
    hint: name === 'wasm' ? 'In a browser, pass wasmPaths: where tfjs finds its .wasm files' : undefined,
  });
}

function lostSignal(name: BackendName, watch?: (lost: (reason: string) => void) => void): AbortSignal {
  const controller = new AbortController();
  watch?.((reason) =>
    controller.abort(
      new EigenganError(`useBackend: the device of ${name} must stay, but it was lost: ${reason}`),
    ),
  );
  return controller.signal;
}
