import { FormatError, formatError, messageOf } from '@eigengan/core';
import type { Label } from '../pictures/picture-source';

/**
 * The labels in a `dataset.json` as StyleGAN has it: `{ "labels": [["00000/img00000000.png", 6], ...] }`, or
 * null for none (https://github.com/NVlabs/stylegan3/blob/main/dataset_tool.py). A label is a class's number,
 * or a list of values, as many for each.
 *
 * @param names the pictures that must each have a label
 * @returns undefined when it has none
 * @throws FormatError when it is no such file, or has none for one of them
 */
export function datasetLabels(
  where: string,
  bytes: Uint8Array,
  names: readonly string[],
): readonly Label[] | undefined {
  const labels = labelsIn(where, bytes);
  if (labels === null) return undefined;
  if (!Array.isArray(labels)) {
    throw formatError(where, 'labels must be a list of [name, label], or null', labels);
  }
  const byName = new Map<string, Label>();
  let values: number | undefined;
  for (const [i, pair] of labels.entries()) {
    const [name, label] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    if (typeof name !== 'string' || !isLabel(label)) {
      throw formatError(where, `labels[${i}] must be [name, class or values]`, pair);
    }
    const length = typeof label === 'number' ? 0 : label.length;
    values ??= length;
    if (length !== values) {
      const rule =
        values === 0 ? 'must be a class, as the first is' : `must have ${values} values, as the first has`;
      throw formatError(where, `labels[${i}] ${rule}`, label);
    }
    byName.set(name.replaceAll('\\', '/'), label);
  }
  return names.map((name) => {
    const label = byName.get(name);
    if (label === undefined)
      throw formatError(where, 'labels must have one for each picture', `none for ${name}`);
    return label;
  });
}

function labelsIn(where: string, bytes: Uint8Array): unknown {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    const reason = messageOf(cause);
    throw new FormatError(`${where}: must be JSON: ${reason}`, { cause });
  }
  if (typeof content === 'object' && content !== null && 'labels' in content) return content.labels;
  // Other programs keep a file of this name too: it says nothing of labels.
  return null;
}

function isLabel(label: unknown): label is Label {
  if (typeof label === 'number') return Number.isSafeInteger(label);
  return Array.isArray(label) && label.length > 0 && label.every((value) => Number.isFinite(value));
}
