import type { Label } from '../pictures/picture-source';

export interface LabelCount {
  readonly label: Label;
  /** The class's name, where the source has names. */
  readonly name: string | undefined;
  readonly count: number;
}

/** More are no classes. */
const mostLabels = 1000;

/** Counts labels, the most frequent first. */
export class LabelCounter {
  readonly #counts = new Map<string, { readonly label: Label; count: number }>();
  readonly #classes: readonly string[] | undefined;

  constructor(classes: readonly string[] | undefined) {
    this.#classes = classes;
  }

  add(label: Label): void {
    if (this.#counts.size > mostLabels) return;
    const key = String(label);
    const counted = this.#counts.get(key);
    if (counted === undefined) this.#counts.set(key, { label, count: 1 });
    else counted.count++;
  }

  /** Undefined when nothing was counted, or too much that differs. */
  counts(): LabelCount[] | undefined {
    const { size } = this.#counts;
    if (size === 0 || size > mostLabels) return undefined;
    return [...this.#counts.values()]
      .map(({ label, count }) => {
        const name = typeof label === 'number' ? this.#classes?.[label] : undefined;
        return { label, name, count };
      })
      .sort(
        (a, b) =>
          b.count - a.count || String(a.label).localeCompare(String(b.label), 'en', { numeric: true }),
      );
  }
}
