import { svg } from 'lit';

const icon = (paths: unknown) =>
  svg`<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** Drawn on a grid of 16, in the color of the text around them. */
export const icons = {
  random: icon(
    svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2.5" /><path d="M5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01" stroke-width="2" />`,
  ),
  mode: icon(
    svg`<circle cx="8" cy="8" r="5.5" /><circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />`,
  ),
  undo: icon(svg`<path d="M5.5 3 2.5 6l3 3M2.5 6h7a3.75 3.75 0 0 1 0 7.5H6" />`),
  redo: icon(svg`<path d="m10.5 3 3 3-3 3M13.5 6h-7a3.75 3.75 0 0 0 0 7.5H10" />`),
  pin: icon(svg`<path d="M6 2.5h4L9.5 7l2.5 2.5H4L6.5 7 6 2.5ZM8 9.5v4" />`),
  save: icon(svg`<path d="M8 2.5v7.5M5 7.5l3 3 3-3M2.5 13.5h11" />`),
  reset: icon(svg`<path d="M3.5 8a4.5 4.5 0 1 1 1.4 3.3M3.2 4v3h3" />`),
  rename: icon(svg`<path d="m3 13 .7-2.8 7-7a1.2 1.2 0 0 1 1.7 0l.4.4a1.2 1.2 0 0 1 0 1.7l-7 7L3 13Z" />`),
  back: icon(svg`<path d="M7 4 3 8l4 4M3 8h10" />`),
  remove: icon(svg`<path d="m4.5 4.5 7 7M11.5 4.5l-7 7" />`),
};
