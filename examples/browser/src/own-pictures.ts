import { messageOf } from '@eigengan/core';
import { droppedFiles } from './dropped-files';
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
  const note = element('pictures-note', HTMLElement);
  let files: readonly File[] = [];

  const take = (taken: readonly File[]) => {
    files = taken;
    drawn.hidden = files.length === 0;
    note.textContent =
      files.length === 0
        ? 'Or drop them here, folders too. Without any it learns from drawn portraits.'
        : `It will learn from ${files.length} of your pictures. They stay on this machine.`;
  };
  take([]);
  input.addEventListener('change', () => take([...(input.files ?? [])]));
  drawn.addEventListener('click', () => {
    input.value = '';
    take([]);
    input.focus();
  });

  const isTarget = ({ target }: Event) => !input.disabled && target instanceof Node && frame.contains(target);
  // A page opens what is dropped elsewhere, and the run would be gone.
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    frame.classList.toggle('over', isTarget(event));
  });
  document.addEventListener('dragleave', () => frame.classList.remove('over'));
  document.addEventListener('drop', async (event) => {
    event.preventDefault();
    frame.classList.remove('over');
    if (event.dataTransfer === null || !isTarget(event)) return;
    const dropped = await droppedFiles(event.dataTransfer).catch(messageOf);
    // A run may have begun in the meantime.
    if (input.disabled) return;
    if (typeof dropped === 'string') {
      note.textContent = `What you dropped cannot be read: ${dropped}`;
      return;
    }
    const pictures = dropped.filter(({ type }) => type.startsWith('image/'));
    if (pictures.length > 0) take(pictures);
    else note.textContent = 'There is no picture in what you dropped.';
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
