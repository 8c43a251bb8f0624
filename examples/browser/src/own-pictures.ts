import { element } from './element';

/** The pictures that a person chose or dropped. */
export interface OwnPictures {
  readonly files: readonly File[];
  lock(locked: boolean): void;
}

/** A file input that pictures can be dropped on too, anywhere in its frame. */
export function createOwnPictures(): OwnPictures {
  const frame = element('pictures', HTMLElement);
  const input = element('files', HTMLInputElement);
  const drawn = element('drawn', HTMLButtonElement);
  let files: readonly File[] = [];

  const take = (taken: readonly File[]) => {
    files = taken;
    drawn.hidden = files.length === 0;
    element('pictures-note', HTMLElement).textContent =
      files.length === 0
        ? 'Or drop them here. Without any it learns from drawn portraits.'
        : `It will learn from ${files.length} of your pictures. They stay on this machine.`;
  };
  take([]);
  input.addEventListener('change', () => take([...(input.files ?? [])]));
  drawn.addEventListener('click', () => {
    input.value = '';
    take([]);
    input.focus();
  });
  // A page opens what is dropped elsewhere, and the run would be gone.
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    frame.classList.toggle('over', !input.disabled && frame.contains(asNode(event.target)));
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    frame.classList.remove('over');
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (!input.disabled && dropped.length > 0 && frame.contains(asNode(event.target))) take(dropped);
  });
  return {
    get files() {
      return files;
    },
    lock(locked) {
      drawn.disabled = locked;
    },
  };
}

function asNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}
