import { checkpoints } from './checkpoints';
import { element } from './element';
import { describeKeptRun, type KeptRun, readKeptRun } from './kept-run';

/** A kept run and the step that it goes on from. */
export interface Offered extends KeptRun {
  readonly step: number;
}

/** The run that this browser keeps; undefined when there is none. */
export async function findOffer(): Promise<Offered | undefined> {
  const run = readKeptRun();
  const last = (await checkpoints.list()).at(-1);
  return run === undefined || last === undefined ? undefined : { ...run, step: last.step };
}

/** Shows what is kept, with a button to go on; hides it when there is nothing. */
export function showOffer(offered: Offered | undefined): void {
  element('kept', HTMLElement).hidden = offered === undefined;
  element('start', HTMLButtonElement).textContent = offered === undefined ? 'Start' : 'Start anew';
  if (offered === undefined) return;
  element('kept-text', HTMLElement).textContent = describeKeptRun(offered, offered.step);
  element('go-on', HTMLButtonElement).textContent = `Go on from step ${offered.step}`;
}

/** Asks whether the kept run may be deleted. */
export function mayDelete(): Promise<boolean> {
  const dialog = element('anew', HTMLDialogElement);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'delete'), { once: true });
  });
}

export async function deleteKept(): Promise<void> {
  for (const { step } of await checkpoints.list()) await checkpoints.remove(step);
}
