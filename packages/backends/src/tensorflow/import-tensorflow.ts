import { EigenganError, MissingPackageError, messageOf } from '@eigengan/core';
import type { TensorflowPackage } from './tensorflow-package';

const cpuPackage = '@tensorflow/tfjs-node';
const gpuPackage = '@tensorflow/tfjs-node-gpu';

const script = 'tests/native/install.sh in the repository of EigenGAN';

/** `import()`, where no bundler looks: what it imports is native or Node's own. */
export type ImportByName = (name: string) => Promise<unknown>;

/** What stopped one of the two packages. */
interface Failure {
  readonly packageName: string;
  readonly installed: boolean;
  readonly cause: unknown;
}

/**
 * Imports tfjs-node-gpu where it is installed and loads, else tfjs-node.
 *
 * @throws MissingPackageError when neither is installed; EigenganError when what is installed does not load.
 */
export async function importTensorflow(importByName: ImportByName): Promise<TensorflowPackage> {
  const failures: Failure[] = [];
  for (const packageName of [gpuPackage, cpuPackage]) {
    try {
      return (await importByName(packageName)) as TensorflowPackage;
    } catch (cause) {
      failures.push({ packageName, installed: !isNotFound(cause, packageName), cause });
    }
  }
  const failure = failures.find(({ installed }) => installed);
  throw failure === undefined ? notInstalled(failures.at(-1)?.cause) : notLoaded(failure);
}

function isNotFound(cause: unknown, packageName: string): boolean {
  // Node and Vite have their own words for it. One of the package's own dependencies that is missing is another matter.
  return ['package', 'module', 'url'].some((kind) =>
    new RegExp(`(cannot find|failed to load) ${kind} '?${packageName}(['\\s]|$)`, 'i').test(messageOf(cause)),
  );
}

function notInstalled(cause: unknown): EigenganError {
  return new MissingPackageError(
    `useBackend: needs the package ${cpuPackage} (or ${gpuPackage}), which could not be found`,
    { cause, hint: `Install it with: npm i ${cpuPackage}. Where its own download is blocked: ${script}` },
  );
}

function notLoaded({ packageName, cause }: Failure): EigenganError {
  const message = messageOf(cause);
  const [firstLine = message] = message.split('\n');
  if (message.includes('tfjs_binding.node) can not be found')) {
    return new EigenganError(
      `useBackend: ${packageName} is installed without its native binding, which its install script downloads`,
      {
        cause,
        hint: `If npm ran with --ignore-scripts: npm rebuild ${packageName}. If the download is blocked: ${script}`,
      },
    );
  }
  return new EigenganError(`useBackend: ${packageName} does not load: ${firstLine}`, {
    cause,
  });
}
