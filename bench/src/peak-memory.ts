import { readFile } from 'node:fs/promises';

/** The most memory that this process ever held, in bytes; null where there is no /proc. */
export async function peakBytes(): Promise<number | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
