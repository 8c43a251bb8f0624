import { element } from './element';
import { createPace } from './pace';

/** Says what the run is doing. */
export function showStatus(text: string): void {
  element('status', HTMLElement).textContent = text;
}

/** Says what went wrong; nothing by default. */
export function showProblem(text = ''): void {
  const problem = element('problem', HTMLElement);
  problem.hidden = text === '';
  problem.textContent = text;
  if (text !== '') problem.scrollIntoView({ block: 'nearest' });
}

/** The numbers of the last step. */
export interface StepNumbers {
  show(step: number, dLoss: number, gLoss: number): void;
  /** The time until the next step says nothing of the pace. */
  rested(): void;
}

export function createStepNumbers(): StepNumbers {
  const pace = createPace();
  const show = (id: string, text: string) => {
    element(id, HTMLElement).textContent = text;
  };
  return {
    show(step, dLoss, gLoss) {
      show('step', String(step));
      show('pace', pace.step()?.toPrecision(3) ?? '–');
      show('d-loss', dLoss.toFixed(3));
      show('g-loss', gLoss.toFixed(3));
    },
    rested: pace.restart,
  };
}
