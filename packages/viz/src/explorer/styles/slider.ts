import { css } from 'lit';

/** A slider: the mark of zero, and the way from what was drawn to what it was moved to. */
export const slider = css`
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
`;
