export { type ArraySource, arraySource } from './array-source';
export { type IdxFit, type IdxOptions, type IdxSource, idx } from './idx/idx';
export type { ImageSize } from './image-size';
export { type ImageLoader, loader } from './loader/loader';
export type { LoaderOptions, LoaderShard } from './loader/loader-options';
export { bytesToFloats, floatsToBytes } from './pixel-range';
export { drawPortrait } from './portraits/draw-portrait';
export { type PortraitFactorName, type PortraitFactors, portraitFactorRanges } from './portraits/factors';
export { type PortraitSource, type PortraitsOptions, portraits } from './portraits/portraits';
