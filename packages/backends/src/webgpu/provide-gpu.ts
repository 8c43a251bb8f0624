import { EigenganError, MissingPackageError, messageOf } from '@eigengan/core';
import { currentGpu, type Gpu } from './gpu';
import { importInNode, installedVersion, isNode } from './node-packages';

/** The one version of the package `webgpu` that is taken; the peer dependency names the same. */
export const webgpuVersion = '0.6.2';

/** What the package `webgpu` exports. */
interface WebgpuPackage {
  create(options: readonly string[]): Gpu;
  /** The classes and constants that browsers have as globals. */
  readonly globals: Readonly<Record<string, unknown>>;
}

/**
 * Makes sure that there is a `navigator.gpu`. Browsers bring it; in Node the package `webgpu` does, whose
 * globals go onto `globalThis` where absent. Must come before tfjs's WebGPU package is imported, which
 * looks for it only then. Idempotent.
 *
 * @throws MissingPackageError when the package is not installed; EigenganError when it is of another version
 *   or does not load, and in a browser without WebGPU.
 */
export async function provideGpu(): Promise<void> {
  if (currentGpu() !== undefined) return;
  if (!isNode()) {
    throw new EigenganError('useBackend: webgpu needs navigator.gpu, which is not there', {
      hint: 'It takes a browser with WebGPU, and a page from https or localhost',
    });
  }
  const version = await installedVersion('webgpu');
  if (version === undefined) throw webgpuMissing();
  if (version !== webgpuVersion) {
    throw new EigenganError(
      `useBackend: webgpu in Node needs the package webgpu at exactly ${webgpuVersion}, got ${version}`,
      { hint: `Install it with: npm i --save-exact webgpu@${webgpuVersion}` },
    );
  }
  const { create, globals } = await loadPackage();
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) define(globalThis, name, value);
  }
  // Node has a navigator from version 21 on.
  if (typeof navigator === 'undefined') define(globalThis, 'navigator', {});
  // The object must stay: when it is collected, its adapters and devices die.
  define(navigator, 'gpu', create([]));
}

/** Names both packages, as who lacks one often lacks the other. */
export function webgpuMissing(cause?: unknown): MissingPackageError {
  const packages = `webgpu@${webgpuVersion} @tensorflow/tfjs-backend-webgpu`;
  return new MissingPackageError(
    'useBackend: webgpu in Node needs the packages webgpu and @tensorflow/tfjs-backend-webgpu, got not both',
    { cause, hint: `Install them with: npm i --save-exact ${packages}` },
  );
}

async function loadPackage(): Promise<WebgpuPackage> {
  try {
    return await importInNode('webgpu');
  } catch (cause) {
    throw new EigenganError(`useBackend: the package webgpu must load, got ${messageOf(cause)}`, { cause });
  }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
