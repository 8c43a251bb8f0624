import { css } from 'lit';

/** Buttons, the menu, fields. */
export const controls = css`
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
  @container view (max-width: 29.5rem) {
    .tool:not(.lead) span {
      display: none;
    }
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
`;
