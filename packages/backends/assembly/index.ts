export { convolve } from './convolve';
export { convolveFew, packFew } from './convolve-few';
export { addProducts, addScaled } from './depthwise';
export { addRow, leakyRelu, leakyReluGradient, sumRows } from './elementwise';
export { filterGradient, filterGradientOfFew } from './filter-gradient';
export { clear, packBlocks, packPanels, padImages } from './pack';
export { moveAverage, updateByAdam } from './updates';
export { winogradConvolve, winogradFilter } from './winograd';
export { winogradCorrelate, winogradFilterGradient, winogradOperands } from './winograd-filter-gradient';
