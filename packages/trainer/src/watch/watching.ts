import type { TrainerCallback } from '../callbacks';
import { saturated } from './saturated';
import { smallDataSet } from './small-data-set';
import { stuck } from './stuck';
import { type Finding, type TrainingEvent, trainingEvent } from './training-event';
import type { SeenStep, Watch, WatchedRun, Watcher } from './watcher';

/** Those that cost next to nothing. */
export function defaultWatchers(): Watcher[] {
  return [stuck(), saturated(), smallDataSet()];
}

/** The watchers of one call of `fit` at work, and the events so far. */
export class Watching {
  readonly events: TrainingEvent[] = [];
  readonly #watches: { readonly watcher: Watcher; readonly watch: Watch; known: readonly string[] | null }[] =
    [];
  readonly #callbacks: readonly TrainerCallback[];
  #stopped = false;

  constructor(callbacks: readonly TrainerCallback[]) {
    this.#callbacks = callbacks;
  }

  /** Whether a watcher asked to stop. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** @throws ArgumentError when a watcher cannot watch such a run */
  begin(watchers: readonly Watcher[], run: WatchedRun): void {
    for (const watcher of watchers) {
      this.#watches.push({ watcher, watch: watcher.begin(run), known: null });
    }
  }

  async afterStep(step: number, seen: SeenStep): Promise<void> {
    for (const entry of this.#watches) {
      const { watcher, watch, known } = entry;
      watch.see?.(seen);
      if (step % watcher.every !== 0) continue;
      const finding = await watch.look();
      entry.known = finding?.about ?? null;
      if (finding === null || !isNews(finding, known)) continue;
      this.#stopped ||= watcher.stop;
      await this.tell(watcher.kind, step, finding);
    }
  }

  /** Makes an event of a finding, and tells all callbacks. */
  async tell(kind: string, step: number, finding: Finding): Promise<void> {
    const event = trainingEvent(kind, step, finding);
    this.events.push(event);
    for (const callback of this.#callbacks) await callback.onEvent?.(event);
  }

  dispose(): void {
    for (const { watch } of this.#watches) watch.dispose?.();
  }
}

/** Whether a finding says more than the last one, if there was one. */
function isNews({ about }: Finding, known: readonly string[] | null): boolean {
  return known === null || about.some((subject) => !known.includes(subject));
}
