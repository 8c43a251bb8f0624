/** The functions of `assembly/`; addresses, steps and sizes are numbers, as documented there. */
export interface SimdKernels {
  convolve(
    input: number,
    packed: number,
    output: number,
    table: number,
    pixels: number,
    rows: number,
    rowLength: number,
    rowStride: number,
    columns: number,
    start: number,
  ): void;
  filterGradient(
    x: number,
    xStep: number,
    xRow: number,
    xImage: number,
    tapRows: number,
    tapColumns: number,
    tapRow: number,
    tapColumn: number,
    xBlocks: number,
    xBlock: number,
    dy: number,
    dyBlocks: number,
    dyBlock: number,
    images: number,
    height: number,
    width: number,
    output: number,
    outputRow: number,
  ): void;
  filterGradientOfFew(
    x: number,
    xStep: number,
    xRow: number,
    xImage: number,
    tapRows: number,
    tapRow: number,
    xBlocks: number,
    dy: number,
    images: number,
    height: number,
    width: number,
    output: number,
    outputRow: number,
  ): void;
  padImages(
    source: number,
    target: number,
    images: number,
    height: number,
    rowBytes: number,
    sourceRow: number,
    sourceImage: number,
    targetRow: number,
    targetImage: number,
  ): void;
  packPanels(
    source: number,
    target: number,
    depth: number,
    columns: number,
    depthStep: number,
    columnStep: number,
    total: number,
    first: number,
  ): void;
  packBlocks(
    source: number,
    target: number,
    height: number,
    width: number,
    channels: number,
    pixelBytes: number,
    block: number,
    sourceRow: number,
    targetRow: number,
    targetBlock: number,
  ): void;
  addScaled(
    source: number,
    sourceStep: number,
    sourceRow: number,
    weights: number,
    target: number,
    targetStep: number,
    targetRow: number,
    rows: number,
    columns: number,
    channels: number,
  ): void;
  addProducts(
    a: number,
    aStep: number,
    aRow: number,
    b: number,
    bStep: number,
    bRow: number,
    output: number,
    rows: number,
    columns: number,
    channels: number,
  ): void;
  clear(address: number, bytes: number): void;
  leakyRelu(x: number, output: number, count: number, alpha: number): void;
  addRow(x: number, bias: number, output: number, rows: number, columns: number): void;
  sumRows(x: number, output: number, rows: number, columns: number): void;
}

/** Their names; a list of calls names them by their place here. */
export const simdKernelNames: readonly (keyof SimdKernels)[] = [
  'convolve',
  'filterGradient',
  'filterGradientOfFew',
  'padImages',
  'packPanels',
  'packBlocks',
  'addScaled',
  'addProducts',
  'clear',
  'leakyRelu',
  'addRow',
  'sumRows',
];
