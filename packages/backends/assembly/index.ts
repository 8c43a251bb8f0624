export { convolve } from './convolve';
export { addProducts, addScaled } from './depthwise';
export { addRow, leakyRelu, leakyReluGradient, sumRows } from './elementwise';
export { filterGradient, filterGradientOfFew } from './filter-gradient';
export { clear, packBlocks, packPanels, padImages } from './pack';
<<<<<<< HEAD
export { winogradConvolve, winogradFilter } from './winograd';
=======
export { moveAverage, updateByAdam } from './updates';
>>>>>>> 286fddf (Updated each weight by Adam, and the moving average, in one pass on wasm; the leaky ReLU's gradient too.)
