import type { PinnedState } from './pins';
import { escaped, stateFromText, stateToText, unescaped } from './state-text';

/** Pins that a text may bring: an address may come from anywhere, and each is a picture to make. */
const most = 32;

/**
 * Pins as a text for an address's hash or a browser's storage, each a `pin=` with its state and name escaped;
 * empty when there are none. It goes behind `stateToText(state)`, joined by `&`.
 */
export function pinsToText(pins: readonly PinnedState[]): string {
  return pins
    .map(({ state, name }) => {
      const text = stateToText(state);
      return `pin=${escaped(name === undefined ? text : `${text}&name=${escaped(name)}`)}`;
    })
    .join('&');
}

/**
 * The pins of a text that `pinsToText` wrote, alone or within a hash; the first 32. What it cannot read it
 * leaves out.
 */
export function pinsFromText(text: string): readonly PinnedState[] {
  return fieldsOf(text, 'pin')
    .slice(0, most)
    .flatMap((pin) => {
      const state = stateFromText(pin);
      const [name = ''] = fieldsOf(pin, 'name');
      return state === undefined ? [] : [name === '' ? { state } : { state, name }];
    });
}

/** The values of a field, unescaped; those that cannot be are empty. */
function fieldsOf(text: string, key: string): string[] {
  const fields = text.replace(/^#/, '').split('&');
  return fields
    .filter((field) => field.startsWith(`${key}=`))
    .map((field) => unescaped(field.slice(key.length + 1)));
}
