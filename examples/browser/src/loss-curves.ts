import { type CurvePoints, noPoints, withPoint } from './curve-points';

/** The losses of a run as two curves on a canvas. */
export interface LossCurves {
  readonly points: CurvePoints;
  add(dLoss: number, gLoss: number): void;
  /** Goes on from those points, none by default. */
  begin(points?: CurvePoints): void;
}

export function createLossCurves(canvas: HTMLCanvasElement): LossCurves {
  let drawn = noPoints;
  let pending: [number, number][] = [];
  let requested = false;

  const redraw = () => {
    if (requested) return;
    requested = true;
    requestAnimationFrame(() => {
      requested = false;
      draw(canvas, drawn);
    });
  };
  new ResizeObserver(redraw).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  return {
    get points() {
      return drawn;
    },
    add(dLoss, gLoss) {
      pending.push([dLoss, gLoss]);
      if (pending.length < drawn.stepsPerPoint) return;
      drawn = withPoint(drawn, pending);
      pending = [];
      redraw();
    },
    begin(points = noPoints) {
      drawn = points;
      pending = [];
      redraw();
    },
  };
}

function draw(canvas: HTMLCanvasElement, { points, stepsPerPoint }: CurvePoints): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  const color = (name: string) => style.getPropertyValue(`--${name}`);
  const plot = { left: 34, right: width - 4, top: 8, bottom: height - 20 };
  const top = niceAbove(Math.max(0.5, ...points.flat().filter(Number.isFinite)));
  const x = (i: number) => plot.left + ((plot.right - plot.left) * i) / Math.max(1, points.length - 1);
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * value) / top;

  context.font = `12px ${style.fontFamily}`;
  context.fillStyle = color('muted');
  context.strokeStyle = color('line');
  context.lineWidth = 1;
  for (const value of [0, top / 2, top]) {
    context.textAlign = 'right';
    context.fillText(String(value), plot.left - 6, y(value) + 4);
    context.beginPath();
    context.moveTo(plot.left, y(value));
    context.lineTo(plot.right, y(value));
    context.stroke();
  }
  context.textAlign = 'left';
  context.fillText('1', plot.left, height - 4);
  context.textAlign = 'right';
  context.fillText(`step ${points.length * stepsPerPoint}`, plot.right, height - 4);

  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  for (const [place, name] of [
    [0, 'discriminator'],
    [1, 'generator'],
  ] as const) {
    context.strokeStyle = color(name);
    context.beginPath();
    points.forEach((point, i) => {
      context.lineTo(x(i), y(point[place]));
    });
    context.stroke();
  }
}

/** The next of 0.5, 1, 2, 5, 10, ... that is not below `value`. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= value) ?? value;
}
