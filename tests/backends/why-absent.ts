import { useBackend } from '@eigengan/backends';
import { environment } from './environment';
import { place } from './place';
import type { Variant, VariantName } from './variants';

/**
 * Why a backend cannot be had here; undefined when it can, or when it must be: its tests then fail. What
 * starts and computes wrong numbers is not absent.
 */
export async function whyAbsent(name: VariantName, variant: Variant): Promise<string | undefined> {
  const reason = variant.places.includes(place) ? await whyNotStarted(variant) : elsewhere(variant);
  if (reason !== undefined && required().includes(name)) {
    throw new Error(`REQUIRE_BACKENDS: ${name} must be tested here, but is not: ${reason}`);
  }
  return reason;
}

function elsewhere({ places }: Variant): string {
  return places.includes('Node') ? 'only in Node' : 'only in browsers';
}

async function whyNotStarted({ backend, optional, threads }: Variant): Promise<string | undefined> {
  if (!optional) return undefined;
  try {
    await useBackend(backend, { threads, selfTest: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return error.name === 'MissingPackageError' ? 'not installed' : error.message;
  }
}

function required(): string[] {
  return environment('REQUIRE_BACKENDS')
    .split(',')
    .filter((name) => name !== '');
}
