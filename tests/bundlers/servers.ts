import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, createServer, type InlineConfig, preview } from 'vite';
import webpack from 'webpack';

/** A page that is served. */
export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/** Isolates the page from other origins, which threads need. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The project by Vite's development server, which changes the modules on the way. */
export async function viteDev(project: string): Promise<Server> {
  const server = await createServer({ ...configuration(project), server: { headers } });
  await server.listen();
  return { url: urlOf(server), close: () => server.close() };
}

/** The project as Vite builds it for production. */
export async function viteBuild(project: string): Promise<Server> {
  await build({ ...configuration(project), build: { outDir: 'vite-build', target: 'es2022' } });
  return serveFolder(project, 'vite-build');
}

/** The project as webpack builds it for production, without a loader or a plugin. */
export async function webpackBuild(project: string): Promise<Server> {
  const output = join(project, 'webpack-build');
  const compiler = webpack({
    mode: 'production',
    context: project,
    entry: './main.js',
    output: { path: output },
    performance: { hints: false },
  });
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  if (stats === undefined || stats.hasErrors()) throw new Error(`webpack: ${stats?.toString('errors-only')}`);
  const page = await readFile(join(project, 'index.html'), 'utf8');
  await writeFile(join(output, 'index.html'), page.replace('type="module"', 'defer'));
  return serveFolder(project, 'webpack-build');
}

/** A folder of files as they are. */
async function serveFolder(project: string, outDir: string): Promise<Server> {
  const server = await preview({ ...configuration(project), build: { outDir }, preview: { headers } });
  return { url: urlOf(server), close: () => server.close() };
}

function configuration(root: string): InlineConfig {
  return { root, configFile: false, logLevel: 'warn' };
}

function urlOf({ resolvedUrls }: { resolvedUrls: { local: string[] } | null }): string {
  const url = resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite must say where it serves');
  return url;
}
