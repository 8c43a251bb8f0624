import { css } from 'lit';

/** Picture on the left, sliders on the right. */
export const layout = css`
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
  .frame.beside {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: 0.5rem;
    align-content: center;
    overflow: visible;
    background: none;
  }
  figure {
    display: grid;
    gap: 0.25rem;
    margin: 0;
  }
  figcaption {
    overflow: hidden;
    color: var(--muted);
    font-size: 0.8125rem;
    text-align: center;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .picture {
    object-fit: contain;
  }
  .beside .picture {
    border-radius: 0.5rem;
    background: var(--raised);
  }
`;
