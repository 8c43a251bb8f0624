import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Answer, Order } from './answer';
import { WorkTimes } from './work-times';

/** A process that does the same work as the others when it is told to. */
export class Contender {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #errors: string[] = [];
  readonly times = new WorkTimes();
  /** What is running, as the process says itself. */
  ready = '';
  parameters = { generator: 0, discriminator: 0 };
  /** The most memory that it had ever held when it was ready; null where it cannot tell. */
  readyBytes: number | null = null;
  /** The most memory that it ever held; null where it cannot tell. */
  peakBytes: number | null = null;

  private constructor(
    readonly name: string,
    command: readonly string[],
  ) {
    const [file = '', ...args] = command;
    this.#child = spawn(file, args, { stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk: Buffer) => this.#errors.push(chunk.toString()));
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the process on the first `threads` cores, where `taskset` exists. */
  static async start(name: string, threads: number, command: readonly string[]): Promise<Contender> {
    const pinned = existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', `0-${threads - 1}`] : [];
    const contender = new Contender(name, [...pinned, ...command]);
    const { ready = '', parameters, peakBytes = null } = await contender.#answer();
    contender.ready = ready;
    contender.readyBytes = peakBytes;
    if (parameters !== undefined) contender.parameters = parameters;
    return contender;
  }

  /** Does something so many times; what it took is kept unless this is a warm-up. */
  async run(order: Order, { warmUp = false } = {}): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    const answer = await this.#answer();
    this.peakBytes = answer.peakBytes ?? null;
    if (!warmUp) this.times.add(answer.times ?? []);
    return answer;
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
