/** The page's element of this id, of the kind that the caller needs. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`index.html must have a ${kind.name} with the id ${id}`);
}
