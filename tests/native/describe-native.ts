import { useBackend } from '@eigengan/backends';
import { describe } from 'vitest';

/** Tests that need tfjs-node: skipped, with the reason in their name, where it cannot be had. */
export async function describeNative(name: string, tests: () => void): Promise<void> {
  const reason = await whyAbsent();
  const required = (process.env.REQUIRE_BACKENDS ?? '').split(',').includes('tensorflow');
  if (reason !== undefined && required) {
    throw new Error(`REQUIRE_BACKENDS: tensorflow must be tested here, but is not: ${reason}`);
  }
  describe.skipIf(reason !== undefined)(reason === undefined ? name : `${name} (skipped: ${reason})`, tests);
}

async function whyAbsent(): Promise<string | undefined> {
  try {
    await useBackend('tensorflow', { selfTest: false });
    return undefined;
  } catch (error) {
    return error instanceof Error && error.name !== 'MissingPackageError' ? error.message : 'not installed';
  }
}
