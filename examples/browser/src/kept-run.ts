import type { CurvePoints } from './curve-points';
import type { Settings } from './messages';

/** What a page that opens has to know of the run whose checkpoints are kept. */
export interface KeptRun {
  readonly settings: Settings;
  /** How many pictures of the person's own it learns from; 0: drawn portraits. */
  readonly ownPictures: number;
  /** When it was kept last, in milliseconds since 1970. */
  readonly time: number;
  readonly curves: CurvePoints;
}

const key = 'eigengan-training-page';

export function writeKeptRun(run: KeptRun, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(key, JSON.stringify(run));
}

/** The run that was written last; undefined when there is none, or another version of the page wrote it. */
export function readKeptRun(storage: Pick<Storage, 'getItem'> = localStorage): KeptRun | undefined {
  try {
    const run: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isKeptRun(run) ? run : undefined;
  } catch {
    return undefined;
  }
}

/** What is kept, in words: `Step 120, 32 px, batch 16, seed 1, from Nov 28, 2026, 5:40 AM.` */
export function describeKeptRun({ settings, ownPictures, time }: KeptRun, step: number): string {
  const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
  const own = ownPictures > 0 ? `, your ${ownPictures} pictures (choose them again)` : '';
  return `Step ${step}, ${settings.size} px, batch ${settings.batch}, seed ${settings.seed}${own}, from ${date}.`;
}

function isKeptRun(run: unknown): run is KeptRun {
  if (!isObject(run) || !isObject(run.settings) || !isObject(run.curves)) return false;
  const { size, width, batch, seed, threads, backend } = run.settings;
  const { points, stepsPerPoint } = run.curves;
  const numbers = [size, width, batch, seed, threads, run.ownPictures, run.time, stepsPerPoint];
  return numbers.every(Number.isFinite) && typeof backend === 'string' && Array.isArray(points);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
