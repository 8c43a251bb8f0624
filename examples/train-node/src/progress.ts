import { Presets, SingleBar } from 'cli-progress';

/** The numbers of one step that a person wants to see. */
export interface ProgressUpdate {
  readonly step: number;
  readonly imagesPerSecond: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** Seconds until the end, at the present pace. */
  readonly secondsLeft: number;
}

export interface Progress {
  update(update: ProgressUpdate): void;
  stop(): void;
}

/** Seconds between two lines where there is no terminal to redraw. */
const secondsBetweenLines = 10;

/** A bar on a terminal, a plain line every ten seconds elsewhere. */
export function createProgress(
  total: number,
  start: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  return stream.isTTY ? bar(total, start, stream) : lines(total, start, stream);
}

function bar(total: number, start: number, stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} steps · {speed} images/s · D {d} G {g} · {left} left',
      hideCursor: true,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  single.start(total, start, { speed: '–', d: '–', g: '–', left: '–' });
  return {
    update: (update) => single.update(update.step, texts(update)),
    stop: () => single.stop(),
  };
}

function lines(total: number, start: number, stream: NodeJS.WriteStream): Progress {
  let last = Date.now();
  return {
    update(update) {
      const due = Date.now() - last >= secondsBetweenLines * 1000;
      if (!due && update.step !== total && update.step !== start + 1) return;
      last = Date.now();
      const { speed, d, g, left } = texts(update);
      stream.write(`step ${update.step}/${total} · ${speed} images/s · D ${d} G ${g} · ${left} left\n`);
    },
    stop() {},
  };
}

function texts({ imagesPerSecond, discriminatorLoss, generatorLoss, secondsLeft }: ProgressUpdate) {
  return {
    speed: imagesPerSecond.toFixed(0),
    d: discriminatorLoss.toFixed(3),
    g: generatorLoss.toFixed(3),
    left: formatDuration(secondsLeft),
  };
}

/** 75 -> `1:15`, 3700 -> `1:01:40`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}
