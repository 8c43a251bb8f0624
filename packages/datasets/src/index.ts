export { type FaceAlignmentOptions, faceAlignment } from './alignment/face-alignment';
export type { FaceLandmarks, Point } from './alignment/face-landmarks';
export { meanLandmarks } from './alignment/mean-landmarks';
export { type ParseLandmarksOptions, parseLandmarks } from './alignment/parse-landmarks';
export { fiveLandmarks, parseStandardLandmarks } from './alignment/standard-landmarks';
export { type ArraySource, arraySource } from './array-source';
export type { Affine, Alignment } from './decode/alignment';
export type { FactorRanges, FactorSource, FactorValues } from './factors/factor-source';
export { type IdxOptions, type IdxSource, idx } from './idx/idx';
export type { IdxFit } from './idx/idx-fit';
export type { DecodeAllOptions } from './image-set/decode-all';
export type { ImageOptions } from './image-set/image-options';
export type { CacheReport, DamagedPicture, ImageSet, OriginalSize } from './image-set/image-set';
export type { ImageSize } from './image-size';
export { type ContactSheetOptions, contactSheet } from './inspect/contact-sheet';
export { describeInspection } from './inspect/describe-inspection';
export { type InspectOptions, inspect } from './inspect/inspect';
export type { InspectedSource } from './inspect/inspected-source';
export type { ChannelStatistics, Inspection, NamedImage, SheetImage } from './inspect/inspection';
export type { LabelCount } from './inspect/label-counts';
export type { NativePictures } from './inspect/native-pictures';
export { type ImageLoader, loader } from './loader/loader';
export type { LoaderOptions, LoaderShard } from './loader/loader-options';
export { type TfBatch, tfDataset } from './loader/tf-dataset';
export type { Picture } from './pictures/picture';
export { bytesToFloats, floatsToBytes } from './pixel-range';
export { drawPortrait } from './portraits/draw-portrait';
export {
  type PortraitFactorName,
  type PortraitFactors,
  portraitFactorRanges,
  portraitFactorValues,
} from './portraits/factors';
export { type PortraitSource, type PortraitsOptions, portraits } from './portraits/portraits';
export { drawRoom } from './rooms/draw-room';
export {
  type RoomFactorName,
  type RoomFactors,
  roomFactorRanges,
  roomFactorValues,
  roomShapes,
} from './rooms/factors';
export { type RoomSource, type RoomsOptions, rooms } from './rooms/rooms';
export { drawSprite } from './sprites/draw-sprite';
export {
  type SpriteFactorName,
  type SpriteFactors,
  spriteFactorRanges,
  spriteFactorValues,
  spriteShapes,
} from './sprites/factors';
export { type SpriteSource, type SpritesOptions, sprites } from './sprites/sprites';
