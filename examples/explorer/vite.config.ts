import { defineConfig } from 'vite';

export default defineConfig({
  // Addresses relative to the page: a build works in any folder of a server.
  base: './',
  worker: { format: 'es' },
  // What the worker imports is prepared at the start: found later, it would reload the page.
  optimizeDeps: { entries: ['index.html', 'src/generator-worker.ts'] },
});
