export { assertFields, assertFinite, assertInteger, assertOneOf } from './assertions';
export { type Crc, crc32, crc32c, maskedCrc32c } from './crc';
export { describeValue } from './describe-value';
export {
  ArgumentError,
  argumentError,
  EigenganError,
  type EigenganErrorOptions,
  FormatError,
  formatError,
  MissingPackageError,
  missingPackage,
  TrainingError,
} from './errors';
export { fillNormal, fillTruncatedNormal, fillUniform } from './fill';
export {
  type Batch,
  type CheckpointMetadata,
  type ImageSource,
  type LatentDistribution,
  type Loader,
  type LoaderState,
  type LogRecord,
  libraryVersion,
  type SavedModelMetadata,
} from './formats';
export { joinBytes } from './join-bytes';
export { messageOf } from './message-of';
export { encodeModelFiles, type ModelFiles, modelFileNames } from './model-files';
export { type RandomStream, restoreStream, seededStream } from './random-stream';
export {
  decodeSafetensors,
  type ElementType,
  encodeSafetensors,
  type SafetensorsFile,
  type TensorRecord,
} from './safetensors';
export { shuffled } from './shuffled';
export {
  type AdamKernelAttributes,
  type MovingAverageKernelAttributes,
  updateKernels,
} from './update-kernels';
