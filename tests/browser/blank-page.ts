import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { watchPage } from './watch-page';

/** A page and the errors on it so far. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: readonly string[];
}

/**
 * A page of somebody who never was anywhere, nothing opened in it yet; with the page, its context is to be closed.
 *
 * @param patience milliseconds that it may take for what a person waits for
 */
export async function blankPage(
  browser: Browser,
  options: BrowserContextOptions,
  patience: number,
): Promise<OpenPage> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(patience);
  return { page, problems: watchPage(page) };
}
