import { defineConfig } from 'vite';

/** Isolates the page from other origins: only then does a browser share memory between threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Addresses relative to the page: a build works in any folder of a server.
  base: './',
  server: { headers },
  preview: { headers },
  worker: { format: 'es' },
  // What the worker imports is prepared at the start: found later, it would reload the page.
  optimizeDeps: { entries: ['index.html', 'src/training-worker.ts'] },
});
