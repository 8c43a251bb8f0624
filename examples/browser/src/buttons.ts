import { element } from './element';

/** What a run is doing. */
export type State = 'idle' | 'starting' | 'running' | 'pausing' | 'paused' | 'stopping';

export interface Actions {
  /** Begins a run; on the one that is kept when `goOn`. */
  start(goOn: boolean): void;
  pause(): void;
  resume(): void;
  /** Ends the run after the step under way. */
  stop(): void;
  /** Ends it at once: asked for by a second press. */
  stopNow(): void;
}

/** Go on, Start, Pause and Stop, each usable when it makes sense. */
export function createButtons(actions: Actions): { show(state: State): void } {
  const start = element('start', HTMLButtonElement);
  const goOn = element('go-on', HTMLButtonElement);
  const pause = element('pause', HTMLButtonElement);
  const stop = element('stop', HTMLButtonElement);
  let state: State = 'idle';

  const show = (next: State) => {
    const begins = state === 'idle' && next !== 'idle';
    state = next;
    const focused = document.activeElement;
    start.disabled = state !== 'idle';
    goOn.disabled = state !== 'idle';
    pause.disabled = state !== 'running' && state !== 'paused';
    pause.textContent = state === 'paused' ? 'Resume' : 'Pause';
    stop.disabled = state === 'idle';
    // A disabled button loses the keyboard: it goes to the one that is used next, which comes into sight.
    if (begins) stop.focus();
    if ((focused === stop && stop.disabled) || (focused === pause && state === 'idle')) start.focus();
  };

  element('settings', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    if (state === 'idle') actions.start(event.submitter === goOn);
  });
  pause.addEventListener('click', () => {
    const resumed = state === 'paused';
    show(resumed ? 'running' : 'pausing');
    if (resumed) actions.resume();
    else actions.pause();
  });
  stop.addEventListener('click', () => {
    const again = state === 'stopping';
    show(again ? 'idle' : 'stopping');
    if (again) actions.stopNow();
    else actions.stop();
  });
  return { show };
}
