export { convolve } from './convolve';
export { addProducts, addScaled } from './depthwise';
export { addRow, leakyRelu, sumRows } from './elementwise';
export { filterGradient, filterGradientOfFew } from './filter-gradient';
export { clear, packBlocks, packPanels, padImages } from './pack';
export { winogradConvolve, winogradFilter } from './winograd';
