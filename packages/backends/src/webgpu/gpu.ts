/** What is used of `navigator.gpu`; TypeScript's own library does not have it. */
export interface Gpu {
  requestAdapter(options?: { readonly powerPreference?: 'high-performance' | 'low-power' }): Promise<unknown>;
}

export interface GpuDevice {
  /** Resolves when the device is lost. */
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
  readonly adapterInfo?: GpuAdapterInfo;
}

/** The driver's own words; browsers leave some empty. */
export interface GpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

/** `navigator.gpu` where there is one. */
export function currentGpu(): Gpu | undefined {
  return typeof navigator === 'undefined' ? undefined : Reflect.get(navigator, 'gpu');
}
