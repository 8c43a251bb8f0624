/**
 * Whether a role is that of a kernel, which weight decay is for: `kernel`, `depthwise_kernel`,
 * `pointwise_kernel`, `recurrent_kernel`. Biases, norms, bases, importances and origins are none.
 */
export function isKernel(role: string): boolean {
  return /(^|[/_])kernel$/.test(role);
}
