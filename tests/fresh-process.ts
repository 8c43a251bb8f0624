import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Runs an ES module given as text in a Node process of its own, on the sources; gives what it prints. */
export async function runInFreshProcess(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    { cwd: root, maxBuffer: 2 ** 26 },
  );
  return stdout;
}

/** The lines that `code` prints which are JSON, parsed: tfjs greets on the same stream. */
export async function jsonFromFreshProcess(code: string): Promise<unknown> {
  const lines = (await runInFreshProcess(code)).split('\n').filter((line) => /^[[{]/.test(line));
  return JSON.parse(lines.at(-1) ?? 'null');
}

/** The JavaScript examples of a README, in their order. */
export function examplesOf(readme: URL): string[] {
  return [...readFileSync(readme, 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}
