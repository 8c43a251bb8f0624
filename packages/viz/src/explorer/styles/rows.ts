import { css } from 'lit';

/** The dimensions by layer. */
export const rows = css`
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
  .pins .name svg,
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
`;
