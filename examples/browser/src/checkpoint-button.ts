/** A button that downloads the last checkpoint; hidden while there is none. */
export interface CheckpointButton {
  /** Steps that the checkpoint has done; undefined while there is none. */
  readonly step: number | undefined;
  keep(bytes: Uint8Array<ArrayBuffer>, step: number): void;
  clear(): void;
}

export function createCheckpointButton(button: HTMLButtonElement): CheckpointButton {
  let kept: { readonly file: Blob; readonly step: number } | undefined;
  button.addEventListener('click', () => {
    if (kept === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(kept.file);
    link.download = `checkpoint-${kept.step}.safetensors`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return {
    get step() {
      return kept?.step;
    },
    keep(bytes, step) {
      kept = { file: new Blob([bytes]), step };
      button.textContent = `Download checkpoint of step ${step}`;
      button.hidden = false;
    },
    clear() {
      kept = undefined;
      button.hidden = true;
    },
  };
}
