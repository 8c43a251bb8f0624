import { create } from './element';
import type { PlainReport } from './messages';

/** Lists what is really running, as the backend reports it. */
export function showReport(place: HTMLElement, report: PlainReport, parameters: number): void {
  const { selfTest, kernels, gradients, passedOver } = report;
  const rows: [string, string][] = [
    ['Backend', `${report.backend} ${report.version}, tfjs ${report.coreVersion}`],
    ['Device', report.software ? `${report.device} (played by a program: right, and slow)` : report.device],
    ['Precision', `float${report.floatPrecision}`],
    ['Threads', `${report.threads}${report.simd ? ', with our SIMD kernels' : ''}`],
    ['Self-test', selfTest === undefined ? 'left out' : describe(selfTest)],
    ['Gaps filled', `${count(kernels.length, 'kernel')}, ${count(gradients.length, 'gradient')}`],
    ...passedOver.map(({ backend, reason }): [string, string] => [`Not ${backend}`, reason]),
    ['Networks', `${(parameters / 1e6).toFixed(2)} million parameters`],
  ];
  place.replaceChildren(
    ...rows.map(([term, text]) => {
      const row = create('div');
      row.append(create('dt', term), create('dd', text));
      return row;
    }),
  );
}

function describe({ passed, checks, milliseconds }: NonNullable<PlainReport['selfTest']>): string {
  const good = checks.filter((check) => check.passed).length;
  return `${passed ? 'passed' : 'failed'}, ${good} of ${checks.length} checks in ${milliseconds.toFixed(0)} ms`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
