import { type Browser, chromium } from 'playwright';
import { args, executablePath } from './chromium';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}
