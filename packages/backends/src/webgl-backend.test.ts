import { expect, test } from 'vitest';
import { useBackend } from './index';

test('webgl says that it needs a browser, and what a GPU does in Node', async () => {
  await expect(useBackend('webgl')).rejects.toThrow(
    'useBackend: webgl runs in browsers only. In Node a GPU computes by webgpu, or by tensorflow with CUDA',
  );
});
