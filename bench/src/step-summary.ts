import { type CaseName, caseNames, type Work, works, workTitles } from './cases';
import type { CaseFigures, Figures } from './figures';
import { markdownTable } from './markdown-table';
import { type Backend, backends } from './programs';
import { caseTitle, plural } from './step-report';

/** What a backend must reach with so many threads, as a share of the plain peer's speed. */
function floorOf(backend: Backend, threads: number, work: Work, name: CaseName): number | undefined {
  if (backend === 'tensorflow' && threads !== 2) return undefined;
  if (work === 'sample') return backend === 'wasm' ? 0.8 : 1;
  if (work !== 'step' || name === 'Paper64') return undefined;
  return backend === 'wasm' ? 0.5 : 0.8;
}

const fewestTimesFaster = 1.7;
const mostMemory = 2;

/** The shares of the plain peer's speed at one glance, with what they must reach; memory and threads after it. */
export function stepSummary(figures: Figures): string {
  const tables = [
    `## Shares of the speed of PyTorch, plain, with as many threads\n\n${shares(figures)}`,
    ...(figures.twoThreads === undefined
      ? []
      : [`## Times that two threads are faster than one\n\n${speedUps(figures.twoThreads)}`]),
  ];
  return tables.join('\n\n');
}

function shares(figures: Figures): string {
  const columns = backends.flatMap((backend) =>
    Object.entries(figures[backend] ?? {}).map(([threads, values]) => ({
      backend,
      threads: Number(threads),
      values,
    })),
  );
  const rows: string[][] = [];
  for (const name of caseNames) {
    for (const work of works) {
      const cells = columns.map(({ backend, threads, values }) => {
        const floor = floorOf(backend, threads, work, name);
        return cell(ratioOf(values, `${work}${name}`), floor, '≥');
      });
      rows.push([`${workTitles[work]}, ${caseTitle(name)}`, ...cells]);
    }
    const memory = columns.map(({ values }) => cell(ratioOf(values, `memory${name}`), mostMemory, '≤'));
    rows.push([`Times its peak memory, ${caseTitle(name)}`, ...memory]);
  }
  const head = columns.map(({ backend, threads }) => `${backend}, ${plural(threads, 'thread')}`);
  return markdownTable(['', ...head], rows.filter(isMeasured));
}

function speedUps(twoThreads: NonNullable<Figures['twoThreads']>): string {
  const columns = Object.entries(twoThreads);
  const rows = caseNames.flatMap((name) =>
    works.map((work) => [
      `${workTitles[work]}, ${caseTitle(name)}`,
      ...columns.map(([key, values]) => {
        const floor = key === 'wasm' && work === 'step' ? fewestTimesFaster : undefined;
        return cell(values[`${work}${name}`], floor, '≥');
      }),
    ]),
  );
  const titles: Readonly<Record<string, string>> = { plain: 'PyTorch, plain', folded: 'PyTorch, folded' };
  return markdownTable(['', ...columns.map(([key]) => titles[key] ?? key)], rows.filter(isMeasured));
}

function ratioOf(values: CaseFigures, key: string): number | undefined {
  return values[key]?.ratio ?? undefined;
}

/** `0.44 (≥ 0.5)`: the figure, and what it must be. */
function cell(value: number | undefined, wanted: number | undefined, relation: '≥' | '≤'): string {
  if (value === undefined) return '';
  return wanted === undefined ? value.toFixed(2) : `${value.toFixed(2)} (${relation} ${wanted})`;
}

function isMeasured([, ...cells]: readonly string[]): boolean {
  return cells.some((each) => each !== '');
}
