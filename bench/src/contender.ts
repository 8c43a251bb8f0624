import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Answers of a contender: one line of JSON for `ready`, then one for each request. */
interface Answer {
  readonly ready?: string;
  readonly parameters?: number;
  readonly milliseconds?: readonly number[];
}

/**
 * A process that does the same work as the others when it is told to: it prints `{ ready, parameters }`,
 * then for each line with a count does so many steps and prints `{ milliseconds }`.
 */
export class Contender {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #errors: string[] = [];
  readonly milliseconds: number[] = [];
  /** What is running, as the process says itself. */
  ready = '';
  parameters = 0;

  private constructor(
    readonly name: string,
    command: readonly string[],
  ) {
    const [file = '', ...args] = command;
    this.#child = spawn(file, args, { stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk: Buffer) => this.#errors.push(chunk.toString()));
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the process on `threads` cores (pinned to one core for one thread, where `taskset` exists). */
  static async start(name: string, command: readonly string[]): Promise<Contender> {
    const contender = new Contender(name, command);
    const { ready = '', parameters = 0 } = await contender.#answer();
    contender.ready = ready;
    contender.parameters = parameters;
    return contender;
  }

  /** Does `steps` steps; their times are kept unless this is a warm-up. */
  async run(steps: number, { warmUp = false } = {}): Promise<void> {
    this.#child.stdin.write(`${steps}\n`);
    const { milliseconds = [] } = await this.#answer();
    if (!warmUp) this.milliseconds.push(...milliseconds);
  }

  stop(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  async #answer(): Promise<Answer> {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.name} ended early:\n${this.#errors.join('')}`);
    return JSON.parse(value);
  }
}
