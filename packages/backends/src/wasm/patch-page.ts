import { threadedScriptAddress } from '../bundled-wasm-paths';
import { patchProperties, type Restore } from '../patch-properties';

/** How the script begins that tfjs hands to its workers: the factory of its threaded build as text. */
const beginning = 'var WasmBackendModuleThreadedSimd = ';

/**
 * Makes a page look to tfjs's threaded build as it expects: twice as many processors as threads are wanted,
 * because it takes at most half, and its script as it was published. tfjs has the engine print its factory,
 * which a minifier has tied to variables around it that a worker does not have.
 */
export async function patchPage(threads: number): Promise<Restore> {
  const script = await publishedScript();

  class ScriptBlob extends Blob {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      const [first] = parts;
      const asPublished = script !== undefined && typeof first === 'string' && first.startsWith(beginning);
      super(asPublished ? [script] : parts, options);
    }
  }

  const restore = [
    patchProperties(navigator, { hardwareConcurrency: { get: () => 2 * threads } }),
    patchProperties(globalThis, { Blob: { value: ScriptBlob, writable: true } }),
  ];
  return () => {
    for (const each of restore) each();
  };
}

/** Undefined where it is not served: then nothing was bundled, and tfjs's own text will do. */
async function publishedScript(): Promise<string | undefined> {
  const response = await fetch(threadedScriptAddress()).catch(() => undefined);
  const text = response?.ok ? await response.text() : '';
  // A server may answer with a page instead of an error.
  return text.includes(beginning) ? text : undefined;
}
