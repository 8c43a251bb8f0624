export type { AnimationOptions, Frames } from './animation/animation';
export { encodeApng } from './animation/encode-apng';
export { encodeGif, type GifOptions } from './animation/encode-gif';
export { type BarChartOptions, type BarSeries, barChart } from './bar-chart';
export { type BasisImagesLayer, type BasisImagesOptions, basisImages } from './basis-images';
export { encodePng, type PngOptions } from './encode-png';
export { enlarged } from './enlarged';
export type { Explorable, ExplorableDimension, RenderOptions } from './explorer/explorable';
export type { ExplorerState } from './explorer/explorer-state';
export { type BasisLayer, type GramMatricesOptions, gramMatrices } from './gram-matrices';
export type { HeadingOptions } from './heading';
export { type HeatMapOptions, heatMap } from './heat-map';
export { type InterpolationStripOptions, interpolationStrip } from './interpolation-strip';
export {
  type LayerOverviewOptions,
  layerOverview,
  type OverviewDimension,
  type OverviewLayer,
} from './layer-overview';
export { type LineChartOptions, type LineSeries, lineChart } from './line-chart';
export type { CurvePanel } from './log-curves';
export type { Picture } from './picture';
export { htmlReport } from './report/html-report';
export type {
  ReportFact,
  ReportFacts,
  ReportImage,
  ReportPicture,
  ReportSection,
  RunReport,
} from './report/run-report';
export type { DimensionLabel, RowLabel } from './row-label';
export { type SampleGridOptions, sampleGrid } from './sample-grid';
export { type SideBySideOptions, sideBySide } from './side-by-side';
export { type SpectrumLayer, type SpectrumOptions, spectrum } from './spectrum';
export { type StackedOptions, stacked } from './stacked';
export type { ThemeName } from './theme';
export { toPicture, toPictures } from './to-pictures';
export { type TrainingCurvesOptions, trainingCurves } from './training-curves';
export { type TraversalRow, type TraversalSheetOptions, traversalSheet } from './traversal-sheet';
