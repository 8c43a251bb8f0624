export { encodeWebp, type WebpOptions } from './animation/encode-webp-node';
