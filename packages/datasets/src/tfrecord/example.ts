import { formatError } from '@eigengan/core';
import { packedVarints, wireFields } from './wire-format';

/** The features of a record: the name of each, and its list, not yet read. */
export type Features = ReadonlyMap<string, Uint8Array>;

/** As many features as a record may have. */
const mostFeatures = 2 ** 16;
/** As many numbers as a shape or a label may have. */
const mostIntegers = 2 ** 16;

/** Which field of a Feature holds which kind of list. */
const kinds: Readonly<Record<number, string>> = { 1: 'bytes', 2: 'floats', 3: 'integers' };
const bytesList = 1;
const integerList = 3;

/**
 * The features of a tf.train.Example, as
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/example/feature.proto lays them out:
 * Example { 1: Features { 1: repeated { 1: name, 2: Feature } } }.
 *
 * @throws FormatError when it is none
 */
export function exampleFeatures(where: string, example: Uint8Array): Features {
  const features = new Map<string, Uint8Array>();
  for (const entry of messages(where, messages(where, [example]))) {
    let name = '';
    let feature: Uint8Array = new Uint8Array(0);
    for (const { number, value } of wireFields(where, entry)) {
      if (number === 1 && typeof value !== 'bigint') name = decoder.decode(value);
      if (number === 2 && typeof value !== 'bigint') feature = value;
    }
    features.set(name, feature);
    if (features.size > mostFeatures) {
      throw formatError(where, `may have at most ${mostFeatures} features`, 'more');
    }
  }
  return features;
}

const decoder = new TextDecoder();

/** The only value of a feature of bytes; undefined when there is no such feature, or it is empty. */
export function featureBytes(where: string, features: Features, name: string): Uint8Array | undefined {
  let only: Uint8Array | undefined;
  for (const value of listOf(where, features, name, bytesList)) {
    if (typeof value === 'bigint') throw formatError(`${where}: ${name}`, 'must be bytes', value);
    if (only !== undefined) throw formatError(`${where}: ${name}`, 'must be one value', 'more');
    only = value;
  }
  return only;
}

/** The text of a feature of bytes. */
export function featureText(where: string, features: Features, name: string): string | undefined {
  const value = featureBytes(where, features, name);
  return value === undefined ? undefined : decoder.decode(value);
}

/** The numbers of a feature of integers; undefined when there is no such feature, or it is empty. */
export function featureIntegers(where: string, features: Features, name: string): number[] | undefined {
  const numbers: number[] = [];
  for (const value of listOf(where, features, name, integerList)) {
    for (const unsigned of typeof value === 'bigint' ? [value] : packedVarints(`${where}: ${name}`, value)) {
      const number = Number(BigInt.asIntN(64, unsigned));
      if (!Number.isSafeInteger(number)) {
        throw formatError(`${where}: ${name}`, 'must be integers below 2^53 in size', number);
      }
      if (numbers.push(number) > mostIntegers) {
        throw formatError(`${where}: ${name}`, `may be at most ${mostIntegers} integers`, 'more');
      }
    }
  }
  return numbers.length === 0 ? undefined : numbers;
}

/** The values of a feature's list, which must be of the wanted kind. */
function* listOf(where: string, features: Features, name: string, wanted: number) {
  const feature = features.get(name);
  if (feature === undefined) return;
  for (const { number, value } of wireFields(`${where}: ${name}`, feature)) {
    const kind = kinds[number];
    if (kind === undefined || typeof value === 'bigint') continue;
    if (number !== wanted) throw formatError(`${where}: ${name}`, `must be ${kinds[wanted]}`, kind);
    for (const item of wireFields(`${where}: ${name}`, value)) if (item.number === 1) yield item.value;
  }
}

/** The messages in field 1 of messages. */
function* messages(where: string, outer: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const message of outer) {
    for (const { number, value } of wireFields(where, message)) {
      if (number === 1 && typeof value !== 'bigint') yield value;
    }
  }
}
