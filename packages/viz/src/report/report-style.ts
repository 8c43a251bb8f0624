import { type Color, colorText } from '../color';
import { curvePanels } from '../log-curves';
import { type ThemeName, themeOf } from '../theme';

/** The lines that a panel has at most. */
const mostLines = [...Array(Math.max(...curvePanels.map(({ fields }) => fields.length))).keys()];

/** The colors of a theme, as properties. */
function colors(name: ThemeName, card: Color): string {
  const { background, ink, muted, hairline, accent, series } = themeOf('report', name);
  const named = { ground: background, card, ink, quiet: muted, rule: hairline, accent };
  return [...Object.entries(named), ...mostLines.map((i) => [`line-${i}`, series[i] ?? accent] as const)]
    .map(([property, color]) => `--${property}: ${colorText(color)};`)
    .join(' ');
}

/** The report's look, in the colors of the themes. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  ${colors('light', [255, 255, 255])}
}
@media (prefers-color-scheme: dark) {
  :root {
    ${colors('dark', [27, 30, 36])}
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
header, main { max-width: 64rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3.5rem; }
h1 { margin: 0; font-size: clamp(1.6rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; font-weight: 650; overflow-wrap: anywhere; }
h2 { margin: 0 0 0.75rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; font-weight: 620; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; max-width: 42rem; color: var(--quiet); overflow-wrap: anywhere; }
header > p { margin-top: 0.6rem; font-size: 1.1rem; }
.headline { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 2rem 0 0; }
.headline div { display: flex; flex-direction: column-reverse; }
.headline dt { color: var(--quiet); font-size: 0.875rem; }
.headline dd { margin: 0; font-size: 1.75rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 2rem 0 0; padding: 0.75rem 0; border-block: 1px solid var(--rule); font-size: 0.9375rem; }
a { color: var(--accent); text-decoration: none; padding: 0.25rem 0; overflow-wrap: anywhere; }
a:hover { text-decoration: underline; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
section { min-width: 0; padding: 3rem 0 0; }
main { padding-bottom: 4rem; }
figure { margin: 0 0 2.25rem; }
figcaption { margin-bottom: 0.75rem; color: var(--quiet); font-size: 0.9375rem; overflow-wrap: anywhere; }
img { display: block; max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
.wide img { max-width: none; }
.wide.large img { max-width: 100%; min-width: 40rem; }
.panels { display: grid; gap: 2rem 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.panel { margin: 0; min-width: 0; }
.panel:first-child { grid-column: 1 / -1; }
.panel figcaption { margin: 0; color: var(--ink); font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0 0 0.75rem; padding: 0; list-style: none; color: var(--quiet); font-size: 0.875rem; }
.legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.legend li::before { content: ''; display: inline-block; width: 1rem; height: 0.1875rem; margin-right: 0.5rem; vertical-align: middle; border-radius: 2px; background: var(--line); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
${mostLines.map((i) => `.line-${i} { --line: var(--line-${i}); }`).join(' ')}
.plot { position: relative; margin: 0.5rem 1rem 1.75rem 3.25rem; height: 12rem; }
.panel:first-child .plot { height: 16rem; }
.plot svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.plot path { fill: none; stroke: var(--line); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.plot .points { stroke-width: 1; opacity: 0.3; }
.plot .grid { stroke: var(--rule); stroke-width: 1; } .plot .zero { stroke: var(--quiet); stroke-width: 1; }
.plot span { position: absolute; color: var(--quiet); font-size: 0.8125rem; line-height: 1; white-space: nowrap; font-variant-numeric: tabular-nums; }
.plot .y { right: calc(100% + 0.6rem); transform: translateY(50%); }
.plot .x { top: calc(100% + 0.5rem); transform: translateX(-50%); }
.stages { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
.stages .wide img { min-width: 0; max-width: 100%; }
.stages figure { margin: 0; }
.one { display: block; }
.one figure[hidden] { display: none; }
input[type=range] { display: block; width: 100%; max-width: 42rem; height: 2rem; margin: 0 0 0.5rem; accent-color: var(--accent); }
figure:last-child { margin-bottom: 0; }
.tables { display: grid; gap: 0 4rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th, td { padding: 0.45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
th { width: 40%; padding-right: 1.5rem; color: var(--quiet); font-weight: 400; }
.quiet { color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) {
  header, main { padding-inline: 1rem; }
  header { padding-top: 2rem; }
  .headline { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
  .panel:first-child .plot { height: 12rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { --ground: #fff; }
  body { font-size: 10pt; }
  header, main { max-width: none; padding-inline: 0; }
  header, section { padding-top: 1.25rem; }
  nav, input[type=range] { display: none; }
  .wide { overflow: visible; }
  .wide img, .wide.large img { min-width: 0; max-width: 100%; }
  img { max-height: 24cm; width: auto; }
  .stages, .one { display: grid; grid-template-columns: repeat(3, 1fr); }
  .one figure[hidden] { display: block; }
  h2, figcaption { break-after: avoid; }
  figure, tr { break-inside: avoid; }
}
`;
