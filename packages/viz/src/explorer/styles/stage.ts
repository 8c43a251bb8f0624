import { css } from 'lit';

/** What stands below the picture. */
export const stage = css`
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
    margin-right: 0.5rem;
    font-weight: 600;
  }
  .strip p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .strip.hint p {
    padding-inline: 0.5rem;
    text-align: center;
    white-space: normal;
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
    grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr));
    gap: 0.5rem;
    list-style: none;
  }
  .pins li {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    align-content: start;
    justify-items: center;
    min-width: 0;
  }
  .pins .tile,
  .pins .name {
    grid-column: 1 / 3;
    width: 100%;
  }
  .pins .tile[aria-pressed="true"] {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  .pins .name {
    font-size: 0.8125rem;
  }
  /* The words are worth more than the pencil's place. */
  .pins .name:not(:hover, :focus-visible) svg {
    display: none;
  }
`;
