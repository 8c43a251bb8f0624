import type { Picture } from '../picture';

/** A picture to make, and who waits for it. */
export interface RenderJob {
  readonly latents: Float32Array;
  done(picture: Picture): void;
  /** Whoever waits is told; without it, the queue's owner. */
  failed?(error: unknown): void;
}

/**
 * Makes one picture at a time. Of those to show only the newest waits, so that a slider never runs ahead of
 * the model; pictures for strips are made while nothing is to be shown.
 */
export class RenderQueue {
  readonly #stop = new AbortController();
  #busy = false;
  #next: RenderJob | undefined;
  #asked: readonly RenderJob[] = [];
  #later: readonly RenderJob[] = [];

  constructor(
    private readonly render: (
      latents: Float32Array,
      options: { readonly signal: AbortSignal },
    ) => Picture | Promise<Picture>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** A picture to show, before all others; one that still waits is dropped. */
  show(job: RenderJob): void {
    this.#next = job;
    void this.#run();
  }

  /** Pictures to make when there is time, in this order, instead of those that still wait. */
  later(jobs: readonly RenderJob[]): void {
    this.#later = jobs;
    void this.#run();
  }

  /** A picture that is made in any case, after those to show. */
  make(latents: Float32Array): Promise<Picture> {
    return new Promise((done, failed) => {
      this.#asked = [...this.#asked, { latents, done, failed }];
      void this.#run();
    });
  }

  /** Makes no more, and tells the model so. */
  stop(): void {
    this.#next = undefined;
    this.#asked = [];
    this.#later = [];
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let job = this.#take(); job !== undefined; job = this.#take()) {
      try {
        const picture = await this.render(job.latents, { signal: this.#stop.signal });
        if (!this.#stop.signal.aborted) job.done(picture);
      } catch (error) {
        if (!this.#stop.signal.aborted) (job.failed ?? this.failed)(error);
      }
    }
    this.#busy = false;
  }

  #take(): RenderJob | undefined {
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) return next;
    const [asked, ...others] = this.#asked;
    this.#asked = others;
    if (asked !== undefined) return asked;
    const [first, ...rest] = this.#later;
    this.#later = rest;
    return first;
  }
}
