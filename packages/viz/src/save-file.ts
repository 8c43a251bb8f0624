/** Hands a file to the person, as a download of this name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Later: a browser may fetch the address only after the click's task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
