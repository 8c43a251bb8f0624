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
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .view {
    container: view / inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
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
  /* As large as the picture alone: what stands below it stays in its place. */
  .frame.beside {
    container-type: size;
    aspect-ratio: var(--shape);
    padding: 0.5rem;
  }
  .pictures {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: 0.5rem;
    align-content: center;
    height: 100%;
  }
  figure {
    display: grid;
    gap: 0.25rem;
    justify-items: center;
    margin: 0;
    min-width: 0;
  }
  figcaption {
    max-width: 100%;
    overflow: hidden;
    color: var(--muted);
    font-size: 0.8125rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .picture {
    object-fit: contain;
  }
  .beside .picture {
    /* A row's part of the frame, less its caption and gap. */
    --most: calc(100cqh / var(--rows) - 1.9rem);
    width: min(100%, var(--most) * (var(--shape)));
    border-radius: 0.5rem;
  }
`;
