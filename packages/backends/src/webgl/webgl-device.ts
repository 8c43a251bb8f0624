import * as tf from '@tensorflow/tfjs-core';

/** The context of tfjs's backend `webgl`; undefined before the backend has started. */
export function startedContext(): WebGLRenderingContext | undefined {
  const backend: unknown = tf.engine().registry.webgl;
  return hasGpgpuContext(backend) ? backend.getGPGPUContext().gl : undefined;
}

/** The driver's own name of what renders, or the browser's for it where it hides that. */
export function rendererOf(gl: WebGLRenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

/** What is used of tfjs's `MathBackendWebGL`. */
interface WebglBackend {
  getGPGPUContext(): { readonly gl: WebGLRenderingContext };
}

function hasGpgpuContext(backend: unknown): backend is WebglBackend {
  return typeof backend === 'object' && backend !== null && 'getGPGPUContext' in backend;
}
