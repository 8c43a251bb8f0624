import { css } from 'lit';

/** Colors, then layout from wide to narrow, then the parts. */
export const styles = css`
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
    container-type: inline-size;
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

  .explorer {
    display: grid;
    grid-template-columns: minmax(20rem, min(30rem, 100vh - 25rem)) minmax(24rem, 1fr);
    gap: 2.5rem;
    align-items: start;
  }
  .stage {
    position: sticky;
    top: 1rem;
    display: grid;
    gap: 1rem;
  }
  .view {
    display: grid;
    gap: 0.75rem;
    grid-template-areas: "frame" "strip" "tools";
  }
  .frame {
    grid-area: frame;
    overflow: hidden;
    border-radius: 0.75rem;
    background: var(--raised);
  }
  .frame.empty {
    aspect-ratio: 1;
  }
  .picture {
    object-fit: contain;
  }

  button,
  summary,
  .item,
  input {
    font: inherit;
    color: inherit;
  }
  button,
  summary,
  .item {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .note {
    color: var(--muted);
    font-size: 0.8125rem;
  }
  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .tools {
    grid-area: tools;
    display: flex;
    gap: 0.375rem;
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    min-height: 2.5rem;
    padding: 0 0.75rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    background: var(--ground);
    white-space: nowrap;
    list-style: none;
  }
  .tool::-webkit-details-marker {
    display: none;
  }
  .tool:hover {
    background: var(--raised);
  }
  .tool.lead {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .tool.lead:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .tool.short span {
    display: none;
  }
  .tool[aria-disabled] {
    color: color-mix(in srgb, var(--muted) 55%, transparent);
    background: none;
    cursor: default;
  }
  .menu {
    position: relative;
    margin-left: auto;
  }
  .items {
    position: absolute;
    z-index: 2;
    right: 0;
    bottom: calc(100% + 0.375rem);
    display: grid;
    min-width: 13rem;
    padding: 0.375rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--ground);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 0.18);
  }
  .items button,
  .item {
    padding: 0.5rem 0.75rem;
    border: 0;
    border-radius: 0.5rem;
    background: none;
    text-align: start;
    white-space: nowrap;
  }
  .items button:hover,
  .item:hover {
    background: var(--raised);
  }
  .item:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }
  .item input {
    position: absolute;
    width: 1px;
    opacity: 0;
  }

  .strip {
    grid-area: strip;
    display: grid;
    gap: 0.375rem;
    align-content: end;
    min-height: 5.75rem;
  }
  .strip.hint {
    place-content: center;
    border: 1px dashed var(--line);
    border-radius: 0.5rem;
    color: var(--muted);
  }
  .strip strong {
    font-weight: 600;
  }
  .strip p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(7, 1fr);
    gap: 0.25rem;
  }
  .tile {
    overflow: hidden;
    aspect-ratio: 1;
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: var(--raised);
  }
  .tile:has(canvas) {
    aspect-ratio: auto;
  }
  .tile.here {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .drawing {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 1.25rem;
  }
  .drawing label {
    display: flex;
    align-items: center;
    gap: 0.6rem;
  }
  .drawing span {
    color: var(--muted);
  }
  .seed {
    width: 6rem;
    min-height: 2.5rem;
    padding: 0 0.6rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    background: var(--ground);
    appearance: textfield;
  }
  .seed::-webkit-inner-spin-button {
    appearance: none;
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .pins {
    display: grid;
    gap: 0.5rem;
  }
  .pins ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.75rem, 1fr));
    gap: 0.5rem;
    list-style: none;
  }
  .pins li {
    position: relative;
    display: grid;
    align-content: start;
    gap: 0.2rem;
    min-width: 0;
  }
  .pins span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .dimensions {
    display: grid;
    gap: 1.75rem;
    min-width: 0;
  }
  .group {
    display: grid;
    gap: 0.125rem;
  }
  h2 {
    padding-bottom: 0.375rem;
    border-bottom: 1px solid var(--line);
    margin-bottom: 0.25rem;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(8rem, 12rem) minmax(0, 1fr) 1.75rem 3rem;
    gap: 0 0.75rem;
    align-items: center;
    min-height: 2.5rem;
    padding-inline: 0.5rem;
    margin-inline: -0.5rem;
    border-radius: 0.5rem;
  }
  .row.previewed {
    background: var(--raised);
  }
  .row.dead .name {
    color: var(--muted);
  }
  .label {
    position: relative;
    min-width: 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    width: 100%;
    min-height: 2rem;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
  }
  input.name {
    padding: 0 0.4rem;
    margin-inline: -0.4rem;
    border-radius: 0.375rem;
    background: var(--ground);
  }
  .name span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name svg {
    flex: none;
    opacity: 0;
    color: var(--muted);
  }
  .row:hover .name svg,
  .name:focus-visible svg {
    opacity: 1;
  }
  .meter {
    position: absolute;
    bottom: 0.05rem;
    left: 0;
    width: 100%;
    height: 2px;
    border-radius: 1px;
    overflow: hidden;
  }
  .meter span {
    display: block;
    height: 100%;
    min-width: 2px;
    border-radius: 1px;
    background: color-mix(in srgb, var(--accent) 55%, transparent);
  }
  output {
    text-align: end;
    color: var(--muted);
    font-size: 0.875rem;
  }
  output.moved {
    color: var(--ink);
    font-weight: 600;
  }
  .icon {
    display: grid;
    place-items: center;
    width: 1.75rem;
    height: 1.75rem;
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    color: var(--muted);
  }
  .icon:hover {
    color: var(--ink);
    background: var(--raised);
  }
  .icon.remove {
    position: absolute;
    top: 0.25rem;
    right: 0.25rem;
    background: var(--ground);
    color: var(--ink);
  }

  input[type="range"] {
    --thumb: 1.125rem;
    appearance: none;
    width: 100%;
    height: 2.25rem;
    margin: 0;
    border-radius: 0.5rem;
    /* The thumb's middle travels a thumb's width less than the track: so do the marks. */
    --way: (100% - var(--thumb));
    --filled: linear-gradient(
      to right,
      var(--track) calc(var(--thumb) / 2 + var(--way) * var(--from)),
      var(--accent) 0 calc(var(--thumb) / 2 + var(--way) * var(--to)),
      var(--track) 0
    );
    background: linear-gradient(var(--muted) 0 0) no-repeat
      calc(var(--thumb) / 2 + var(--way) * var(--zero)) center / 1px 0.75rem;
    cursor: pointer;
    touch-action: pan-y;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: var(--filled);
  }
  input[type="range"]::-moz-range-track {
    height: 4px;
    border-radius: 2px;
    background: var(--filled);
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: var(--thumb);
    height: var(--thumb);
    margin-top: calc(2px - var(--thumb) / 2);
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--ground);
  }
  input[type="range"]::-moz-range-thumb {
    width: calc(var(--thumb) - 4px);
    height: calc(var(--thumb) - 4px);
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--ground);
  }
  input[type="range"]:active::-webkit-slider-thumb {
    background: var(--accent);
  }

  @media (pointer: coarse) {
    input[type="range"] {
      --thumb: 1.625rem;
      height: 44px;
    }
    .tool,
    .seed,
    .icon {
      min-width: 44px;
      min-height: 44px;
    }
  }

  @container (max-width: 52rem) {
    .explorer {
      display: block;
    }
    .stage {
      display: contents;
    }
    .view {
      position: sticky;
      z-index: 1;
      top: 0;
      grid-template-columns: minmax(0, 1fr) auto;
      grid-template-areas: "frame tools" "strip strip";
      gap: 0.5rem;
      margin-inline: -0.5rem;
      padding: 0.5rem;
      background: var(--ground);
    }
    .picture {
      max-height: 36vh;
    }
    /* What the keyboard reaches is not to lie below the picture. */
    .dimensions :is(input, button) {
      scroll-margin-top: calc(36vh + 11rem);
    }
    .frame {
      background: none;
    }
    .tools {
      display: grid;
      grid-template-columns: repeat(2, 44px);
      gap: 0.5rem;
      align-content: center;
    }
    .tool {
      padding: 0;
      min-height: 44px;
    }
    .tool span {
      display: none;
    }
    .items {
      top: calc(100% + 0.375rem);
      bottom: auto;
    }
    .strip {
      min-height: 4.25rem;
    }
    .drawing,
    .pins,
    .dimensions {
      margin-top: 1rem;
    }
    .row {
      grid-template-columns: minmax(0, 1fr) 44px 3rem;
      padding-block: 0.25rem;
    }
    .row input[type="range"] {
      grid-area: 2 / 1 / 3 / 4;
    }
    .menu {
      margin: 0;
    }
    summary.tool {
      width: 100%;
    }
    .name svg {
      opacity: 1;
    }
  }
`;
