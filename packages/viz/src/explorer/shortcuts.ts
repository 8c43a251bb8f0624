/** What a single key does. */
export type Shortcut = 'random' | 'mode' | 'undo' | 'redo' | 'pin' | 'compare';

const shortcuts: Readonly<Record<string, Shortcut>> = {
  r: 'random',
  m: 'mode',
  z: 'undo',
  Z: 'redo',
  y: 'redo',
  p: 'pin',
  c: 'compare',
};

/**
 * The shortcut of a key that was pressed in the explorer, or while nothing of the page has the focus; with
 * Ctrl or Command only undo and redo. Where a person writes, a key is a letter.
 */
export function shortcutOf(event: KeyboardEvent, explorer: Element): Shortcut | undefined {
  if (event.defaultPrevented || event.altKey) return undefined;
  const path = event.composedPath();
  const [target] = path;
  const nowhere = target === document.body || target === document.documentElement;
  if (!nowhere && !path.includes(explorer)) return undefined;
  if (target instanceof HTMLElement && writes(target)) return undefined;
  const shortcut = Object.hasOwn(shortcuts, event.key) ? shortcuts[event.key] : undefined;
  const chord = event.ctrlKey || event.metaKey;
  return chord && shortcut !== 'undo' && shortcut !== 'redo' ? undefined : shortcut;
}

function writes(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'range';
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
