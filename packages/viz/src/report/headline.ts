import type { LogRecord } from '@eigengan/core';
import { html, type Markup } from './markup';

/** The run in four numbers, as far as its log has them: steps, images, time, images a second. */
export function headline(records: readonly LogRecord[]): Markup {
  const last = (name: string) =>
    records
      .map((record) => record[name])
      .filter(isNumber)
      .at(-1);
  const [steps = 0, images, seconds] = [last('step'), last('images'), last('seconds')];
  const facts = [
    ['Steps', grouped(steps)],
    ['Images', images === undefined ? undefined : grouped(images)],
    ['Time', seconds === undefined ? undefined : duration(seconds)],
    ['Images a second', images === undefined || !seconds ? undefined : pace(images / seconds)],
  ].filter(([, text]) => text !== undefined);
  return html`<dl class="headline">${facts.map(
    ([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`,
  )}</dl>`;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const grouped = (value: number) => value.toLocaleString('en');

const pace = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: value < 100 ? 2 : 4 });

/** 59.2 -> `59 s`, 75 -> `1 min 15 s`, 3700 -> `1 h 2 min`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(seconds / 60);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
