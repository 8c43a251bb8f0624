import { EigenganError, formatError } from '@eigengan/core';
import type { Label } from '../pictures/picture-source';
import { exampleFeatures, type Features, featureIntegers, featureText } from './example';
import { readRecord } from './read-record';
import type { RecordIndex } from './record-index';

/** What the records say beside their pictures. */
export interface RecordContents {
  /** The file name of each, where it says one. */
  readonly names: readonly (string | undefined)[];
  /** -1 for a damaged record. */
  readonly labels: readonly Label[];
  readonly classes: readonly string[] | undefined;
}

const labelNames = ['image/class/label', 'label', 'labels', 'class', 'image/label'];
const textName = 'image/class/text';
const fileName = 'image/filename';
/** More classes than any set names. */
const mostClasses = 2 ** 16;

/**
 * Reads through all records for their labels, names and classes.
 *
 * @param label the feature of the label; by default the first that is usual
 * @throws FormatError when a whole record has no label
 */
export async function recordContents(
  indexes: readonly RecordIndex[],
  label: string | undefined,
): Promise<RecordContents> {
  const names: (string | undefined)[] = [];
  const labels: Label[] = [];
  const texts: string[] = [];
  for (const index of indexes) {
    for (let number = 0; number < index.starts.length - 1; number++) {
      const where = `${index.file.name}: record ${number}`;
      const features = await featuresOf(index, number, where);
      const found = features === undefined ? -1 : labelOf(where, features, label);
      labels.push(found);
      names.push(features && (featureText(where, features, fileName) || undefined));
      const text = features && featureText(where, features, textName);
      if (text !== undefined && typeof found === 'number' && found >= 0 && found < mostClasses) {
        texts[found] = text;
      }
    }
  }
  // A class that no record is of keeps its number.
  const classes = texts.length === 0 ? undefined : Array.from(texts, (text, i) => text ?? String(i));
  return { names, labels, classes };
}

/** Undefined when the record is damaged: reading it as a picture says why. */
async function featuresOf(index: RecordIndex, number: number, where: string): Promise<Features | undefined> {
  try {
    return exampleFeatures(where, await readRecord(index, number));
  } catch (error) {
    if (EigenganError.is(error)) return undefined;
    throw error;
  }
}

function labelOf(where: string, features: Features, wanted: string | undefined): Label {
  const candidates = wanted === undefined ? labelNames : [wanted];
  const name = candidates.find((candidate) => features.has(candidate));
  const values = name === undefined ? undefined : featureIntegers(where, features, name);
  if (values === undefined) {
    throw formatError(where, `must have a label: ${candidates.join(', ')}`, [...features.keys()]);
  }
  return values.length === 1 ? values[0]! : values;
}
