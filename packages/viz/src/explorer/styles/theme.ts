import { css } from 'lit';

/** Colors of light and dark, and what holds for all parts. */
export const theme = css`
  :host {
    --ground: light-dark(#ffffff, #14171b);
    --raised: light-dark(#f4f5f6, #1e2228);
    --ink: light-dark(#1b1e22, #eceef0);
    --muted: light-dark(#5c646d, #a3abb4);
    --line: light-dark(#dcdfe3, #363c44);
    --track: light-dark(#d3d8dd, #3d444d);
    --accent: light-dark(#3456c4, #94aeff);
    --on-accent: light-dark(#ffffff, #10131a);
    color-scheme: light dark;
    display: block;
    container: explorer / inline-size;
    color: var(--ink);
    font: 400 0.9375rem / 1.4 system-ui, sans-serif;
    font-variant-numeric: tabular-nums;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
  }
  canvas {
    display: block;
    width: 100%;
    image-rendering: var(--explorer-image-rendering, auto);
  }
  [hidden] {
    visibility: hidden;
  }
`;
