import { browserDecoding } from '../decode/browser-decoding';
import { type Platform, workersFor } from './platform';

/** Pages and their workers: the browser's own decoders in Web Workers, images kept in memory alone. */
export const browserPlatform: Platform = {
  decoding: browserDecoding,
  // Read when it is used: the module can be loaded anywhere.
  get workers() {
    return workersFor(navigator.hardwareConcurrency);
  },
};
