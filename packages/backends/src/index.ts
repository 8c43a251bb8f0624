export type { PassedOver } from './auto-backend';
export type { BackendDescription, BackendName, WasmPaths } from './backend-module';
export { registerCpuKernels } from './cpu/register-cpu-kernels';
export type { RegisteredKernel } from './register-kernels';
export { repairGradients } from './repair-gradients';
export { type SelfTestCheck, type SelfTestResult, selfTest } from './self-test';
export {
  type FailedPhase,
  type MissingOperation,
  type TrainingSupport,
  trainingSupport,
} from './training-support';
export type { StandardPhase, SupportPhase } from './training-support/standard-phases';
export {
  type BackendReport,
  backendNames,
  type UseBackendOptions,
  useBackend,
} from './use-backend';
export { registerWasmKernels } from './wasm/register-wasm-kernels';
