import { argumentError, assertFields, assertOneOf } from '@eigengan/core';
import { curves } from './curves';
import { factsTable } from './facts-table';
import { headline } from './headline';
import { html, Markup } from './markup';
import { pictureFigures } from './picture-figures';
import { reportScript } from './report-script';
import { reportStyle } from './report-style';
import type { ReportSection, RunReport } from './run-report';

const fields = ['title', 'summary', 'configuration', 'records', 'sections', 'environment'];

/**
 * A run as one HTML file that opens offline: numbers, curves of its log, pictures, configuration and environment.
 *
 * It loads nothing, its pictures are in it as PNG data. It takes the reader's light or dark, fits a phone, prints,
 * and a short script only adds a slider to pictures in `stages`. Every text is escaped. The file is as large as its
 * PNG files times 4 / 3, and the lines of a log of any length add 0.3 MB at most.
 *
 * @returns the file's text, to be written as UTF-8
 * @throws ArgumentError when a field is missing or unknown, or a picture is neither pixels nor a PNG file
 */
export async function htmlReport(run: RunReport): Promise<string> {
  assertFields('htmlReport', run, fields);
  if (typeof run.title !== 'string') throw argumentError('htmlReport: title', 'must be a text', run.title);
  for (const field of ['records', 'sections'] as const) {
    if (!Array.isArray(run[field])) throw argumentError(`htmlReport: ${field}`, 'must be a list', run[field]);
  }
  const { title, summary, configuration, environment } = run;
  const records = run.records
    .filter(({ step }) => Number.isFinite(step))
    .sort((a, b) => Number(a.step) - Number(b.step));
  const parts: [heading: string, content: Markup][] = [['Curves', curves(records)]];
  for (const [i, section] of run.sections.entries()) {
    parts.push([section.heading, await sectionContent(`htmlReport: sections[${i}]`, section)]);
  }
  const tables: [heading: string, content: Markup][] = [
    ['Configuration', factsTable('What the run was started with', configuration)],
    ['Environment', factsTable('Where and by what it was made', environment)],
  ];
  const sections = [...parts, ...tables].map(([heading, content], i) => ({
    link: html`<a href="#part-${i}">${heading}</a>\n`,
    section: html`<section id="part-${i}" aria-labelledby="heading-${i}">
<h2 id="heading-${i}">${heading}</h2>
${content}
</section>
`,
  }));

  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${summary !== undefined && html`<p>${summary}</p>`}
${headline(records)}
<nav aria-label="Sections">${sections.map(({ link }) => link)}</nav>
</header>
<main>
${sections.slice(0, parts.length).map(({ section }) => section)}<div class="tables">
${sections.slice(parts.length).map(({ section }) => section)}</div>
</main>
<script>${new Markup(reportScript)}</script>
</body>
</html>
`.text;
}

async function sectionContent(where: string, section: ReportSection): Promise<Markup> {
  assertFields(where, section, ['heading', 'text', 'pictures', 'layout']);
  assertOneOf(`${where}.layout`, section.layout ?? 'column', ['column', 'stages']);
  const text = section.text !== undefined && html`<p>${section.text}</p>`;
  return html`${text}${await pictureFigures(where, section)}`;
}
