import { type Choice, threadsHere } from './backends-here';
import { create, element } from './element';
import type { Settings } from './messages';

/** The form that a run is started with. */
export interface SettingsForm {
  read(): Settings;
  /** Shows the settings of a run; its backend only where it can be had here. */
  write(settings: Settings): void;
  /** While a run is under way nothing of it can be changed. */
  lock(locked: boolean): void;
}

/** Fills the form: the backends as radio buttons, those that cannot be had disabled, with the reason. */
export function createSettingsForm(choices: readonly Choice[]): SettingsForm {
  const form = element('settings', HTMLFormElement);
  const backends = element('backends', HTMLFieldSetElement);
  const preferred = choices.find(({ unavailable }) => unavailable === undefined);
  for (const choice of choices) backends.append(radio(choice, choice === preferred));

  const threads = control(form, 'threads', HTMLInputElement);
  const { most, note } = threadsHere();
  threads.max = String(most);
  element('threads-note', HTMLElement).textContent = note;
  let locked = false;
  const update = () => {
    for (const field of form.querySelectorAll('fieldset, select, input[type=number], input[type=file]')) {
      field.toggleAttribute('disabled', locked);
    }
    threads.disabled = locked || most === 1 || !['auto', 'wasm'].includes(String(picked(form)));
  };
  form.addEventListener('change', update);
  update();

  return {
    read: () => ({
      backend: choices.find(({ backend }) => backend === picked(form))?.backend ?? 'auto',
      threads: threads.disabled && !locked ? 1 : threads.valueAsNumber,
      size: Number(control(form, 'size', HTMLSelectElement).value),
      width: Number(control(form, 'width', HTMLSelectElement).value),
      batch: control(form, 'batch', HTMLInputElement).valueAsNumber,
      seed: control(form, 'seed', HTMLInputElement).valueAsNumber,
    }),
    write({ backend, threads: wanted, size, width, batch, seed }) {
      const input = form.querySelector<HTMLInputElement>(`input[value="${CSS.escape(backend)}"]:enabled`);
      if (input !== null) input.checked = true;
      threads.value = String(Math.min(wanted, most));
      control(form, 'size', HTMLSelectElement).value = String(size);
      control(form, 'width', HTMLSelectElement).value = String(width);
      control(form, 'batch', HTMLInputElement).value = String(batch);
      control(form, 'seed', HTMLInputElement).value = String(seed);
      update();
    },
    lock(on) {
      locked = on;
      update();
    },
  };
}

function radio({ backend, text, unavailable }: Choice, checked: boolean): HTMLLabelElement {
  const label = create('label');
  const input = create('input');
  Object.assign(input, {
    type: 'radio',
    name: 'backend',
    value: backend,
    checked,
    disabled: unavailable !== undefined,
  });
  label.append(input, create('strong', backend), create('span', unavailable ?? text));
  return label;
}

function picked(form: HTMLFormElement): FormDataEntryValue | undefined {
  return form.querySelector<HTMLInputElement>('input[name=backend]:checked')?.value;
}

function control<T extends Element>(form: HTMLFormElement, name: string, kind: new () => T): T {
  const found = form.elements.namedItem(name);
  if (found instanceof kind) return found;
  throw new Error(`index.html must have a ${kind.name} with the name ${name}`);
}
