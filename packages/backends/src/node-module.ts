/** Modules of Node that are loaded on use. */
interface NodeModules {
  readonly 'node:module': typeof import('node:module');
  readonly 'node:worker_threads': typeof import('node:worker_threads');
}

/** Imports a module of Node unseen by bundlers: webpack refuses `node:` even where a page never comes. */
export function nodeModule<K extends keyof NodeModules>(name: K): Promise<NodeModules[K]> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}
