import { create, element } from './element';

/** The pictures that could not be read, and why; hidden while there are none. */
export function createDamagedList() {
  const details = element('damaged', HTMLDetailsElement);
  const [summary, list] = [details.querySelector('summary'), details.querySelector('ul')];
  return {
    add(name: string, reason: string) {
      list?.append(create('li', reason.startsWith(name) ? reason : `${name}: ${reason}`));
      const count = list?.childElementCount ?? 0;
      if (summary !== null) {
        summary.textContent = `${count} ${count === 1 ? 'picture is' : 'pictures are'} damaged and left out`;
      }
      details.hidden = false;
    },
    clear() {
      list?.replaceChildren();
      details.hidden = true;
    },
  };
}
