export type { WasmPaths } from './backend-module';
export { repairGradients } from './repair-gradients';
export { type SelfTestCheck, type SelfTestResult, selfTest } from './self-test';
export {
  type BackendName,
  type BackendReport,
  backendNames,
  type UseBackendOptions,
  useBackend,
} from './use-backend';
export { type RegisteredKernel, registerWasmKernels } from './wasm/register-wasm-kernels';
