/** Whether this is Node. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

/** Imports by a name that no bundler sees: what only Node has must not get into a page. */
export function importInNode(name: string) {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

/** The version that a package says of itself; undefined when it is not installed. Only in Node. */
export async function installedVersion(packageName: string): Promise<string | undefined> {
  const { createRequire }: typeof import('node:module') = await importInNode('node:module');
  try {
    const { version }: { version: string } = createRequire(import.meta.url)(`${packageName}/package.json`);
    return version;
  } catch {
    return undefined;
  }
}
