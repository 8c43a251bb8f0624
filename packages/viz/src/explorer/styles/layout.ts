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
  .picture {
    object-fit: contain;
  }
`;
