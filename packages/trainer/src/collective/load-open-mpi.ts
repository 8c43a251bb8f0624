import { realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MissingPackageError, messageOf, missingPackage } from '@eigengan/core';
import type { LibraryHandle } from 'koffi';

const where = 'openMpi';

/** The version of its interface that Open MPI 3, 4 and 5 have. */
const fileName = process.platform === 'darwin' ? 'libmpi.40.dylib' : 'libmpi.so.40';

/**
 * Opens Open MPI's library.
 *
 * @param path the file; by default it is looked for where the system does, then at usual places
 * @throws MissingPackageError when koffi or Open MPI is not installed, saying how to install it
 */
export async function loadOpenMpi(path: string | undefined): Promise<LibraryHandle> {
  const { load } = await import('koffi').catch((cause: unknown) => {
    throw missingPackage(where, 'koffi', cause);
  });
  const reasons: string[] = [];
  for (const candidate of path === undefined ? candidates() : [path]) {
    try {
      // Open MPI's own plugins look for its symbols among the global ones.
      const library = load(candidate, { global: true });
      library.symbol('ompi_mpi_comm_world');
      return library;
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  const file = path ?? fileName;
  throw new MissingPackageError(`${where}: needs Open MPI's ${file}, which could not be loaded`, {
    cause: new Error(reasons.join('; ')),
    hint: 'Install it with: apt-get install openmpi-bin (brew install open-mpi), or pass its path as library',
  });
}

function candidates(): string[] {
  const { OPAL_PREFIX, PATH = '' } = process.env;
  const prefixes = [OPAL_PREFIX, ...PATH.split(delimiter).map(prefixOfMpirun)].filter(
    (prefix) => prefix !== undefined,
  );
  const folders = [
    ...prefixes.flatMap((prefix) => [join(prefix, 'lib'), join(prefix, 'lib64')]),
    ...['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu`),
    '/usr/lib64/openmpi/lib',
    '/opt/homebrew/lib',
    '/usr/local/lib',
  ];
  return [fileName, ...folders.map((folder) => join(folder, fileName))];
}

/** Open MPI's folder, when its mpirun is in this one. */
function prefixOfMpirun(folder: string): string | undefined {
  try {
    return dirname(dirname(realpathSync(join(folder, 'mpirun'))));
  } catch {
    return undefined;
  }
}
