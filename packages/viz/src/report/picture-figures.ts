import { html, type Markup } from './markup';
import { pngData } from './png-data';
import type { ReportPicture, ReportSection } from './run-report';

/** So many stages are enough to see a run by, and bound the file. */
const mostStages = 16;
/**
 * A picture that is wider than the first, in pixels, is scrolled on a narrow screen rather than made illegible: as
 * it is, or if it is wider than the second, at that width.
 */
const [readableWidth, largeWidth] = [400, 640];

/** A section's pictures. */
export async function pictureFigures(where: string, section: ReportSection): Promise<Markup> {
  const { pictures, layout = 'column', heading } = section;
  const shown = layout === 'stages' ? spread(pictures, mostStages) : pictures;
  const figures: Markup[] = [];
  for (const [i, picture] of shown.entries()) figures.push(await figure(`${where}.pictures[${i}]`, picture));
  return layout === 'column'
    ? html`${figures}`
    : html`<div class="stages" data-name="${heading}">${figures}</div>`;
}

/** `count` of the values, evenly spread, the first and the last among them. */
function spread<T>(values: readonly T[], count: number): readonly T[] {
  if (values.length <= count) return values;
  const chosen = new Set(
    Array.from({ length: count }, (_, i) => Math.round((i * (values.length - 1)) / (count - 1))),
  );
  return values.filter((_, at) => chosen.has(at));
}

async function figure(where: string, { picture, alt, caption }: ReportPicture): Promise<Markup> {
  const { light, dark } = 'light' in picture ? picture : { light: picture, dark: undefined };
  const { uri, width, height } = await pngData(where, light);
  const source =
    dark !== undefined &&
    html`<source media="(prefers-color-scheme: dark)" srcset="${(await pngData(where, dark)).uri}">`;
  const image = html`<picture>${source}<img src="${uri}" alt="${alt}" width="${width}" height="${height}"></picture>`;
  const words = caption !== undefined && html`<figcaption>${caption}</figcaption>`;
  return width > readableWidth
    ? html`<figure>${words}<div class="wide${width > largeWidth && ' large'}" role="group" tabindex="0" aria-label="${caption ?? alt}">${image}</div></figure>\n`
    : html`<figure>${words}${image}</figure>\n`;
}
