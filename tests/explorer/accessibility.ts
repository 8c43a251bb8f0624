import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright';

/** Fails where axe-core finds a serious or critical fault, shadow roots included. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async () => {
    // @ts-expect-error the script above put it there
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(
      ({ id, impact, nodes }: { id: string; impact: string; nodes: { html: string }[] }) => ({
        id,
        impact,
        html: nodes.map(({ html }) => html.slice(0, 160)),
      }),
    );
  });
  const serious = faults.filter(({ impact }: { impact: string }) => ['serious', 'critical'].includes(impact));
  assert.deepEqual(serious, [], `axe-core, ${where}`);
}
