import { html, type Markup } from './markup';
import type { ReportFact, ReportFacts } from './run-report';

/** Names and values, a row each. */
export function factsTable(caption: string, facts: ReportFacts): Markup {
  const rows = Object.entries(facts).flatMap(([name, value]) => rowsOf(name, value));
  if (rows.length === 0) return html`<p class="quiet">Nothing was said.</p>`;
  return html`<table><caption class="unseen">${caption}</caption><tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody></table>`;
}

function rowsOf(name: string, value: ReportFact): (readonly [string, string])[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object') return [[name, textOf(value)]];
  if (isList(value)) return [[name, value.map(textOf).join(', ')]];
  return Object.entries(value).flatMap(([inner, part]) => rowsOf(`${name}.${inner}`, part));
}

const isList = (value: readonly ReportFact[] | ReportFacts): value is readonly ReportFact[] =>
  Array.isArray(value);

function textOf(value: ReportFact): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
