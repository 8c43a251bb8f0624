import { css } from 'lit';

/** Fingers, and narrow places: the picture stays on top, the sliders pass below it. */
export const small = css`
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

  @container explorer (max-width: 52rem) {
    .explorer {
      display: block;
    }
    .stage {
      display: contents;
    }
    .view {
      container-type: normal;
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
    /* Two beside each other leave more room for the sliders. */
    .frame.beside {
      container-type: normal;
      aspect-ratio: auto;
      padding: 0;
    }
    .beside .picture {
      --most: calc(36vh / var(--rows));
    }
    .pins .name svg {
      display: block;
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
