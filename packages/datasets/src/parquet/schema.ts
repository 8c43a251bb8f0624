import { formatError } from '@eigengan/core';
import type { ThriftStruct } from './thrift-struct';

export type ParquetType =
  | 'BOOLEAN'
  | 'INT32'
  | 'INT64'
  | 'INT96'
  | 'FLOAT'
  | 'DOUBLE'
  | 'BYTE_ARRAY'
  | 'FIXED_LEN_BYTE_ARRAY';

/** By the numbers that files have for them: https://github.com/apache/parquet-format, parquet.thrift. */
const types: readonly ParquetType[] = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
];

/** A column as it is stored: of a struct each field is one. */
export interface Leaf {
  /** The names from the outermost on: ["image", "bytes"]. */
  readonly path: readonly string[];
  readonly type: ParquetType;
  /** How many of these may be absent; a value is there at this level, null below. */
  readonly definition: number;
  /** Whether it lies in a list. */
  readonly repeated: boolean;
  /** Whether its bytes are a text. */
  readonly text: boolean;
}

const deepest = 32;
const optional = 1;
const repeated = 2;

/**
 * The stored columns of a schema, which is a tree written from the root down, each node with the number of
 * its children.
 *
 * @throws FormatError when the tree has other numbers of nodes than it says
 */
export function leavesOf(where: string, elements: readonly ThriftStruct[]): Leaf[] {
  const leaves: Leaf[] = [];
  let next = 1;
  const visit = (parent: Pick<Leaf, 'path' | 'definition' | 'repeated'>, children: number): void => {
    if (parent.path.length > deepest) throw formatError(where, `a column may be ${deepest} deep`, 'deeper');
    for (let i = 0; i < children; i++) {
      const element = elements[next++];
      if (element === undefined) {
        throw formatError(where, 'the schema must have the columns that it counts', elements.length);
      }
      const repetition = element.optionalInteger(3, 'repetition_type', repeated) ?? 0;
      const node = {
        path: [...parent.path, element.text(4, 'name')],
        definition: parent.definition + (repetition === 0 ? 0 : optional),
        repeated: parent.repeated || repetition === repeated,
      };
      if (element.has(1)) {
        const type = types[element.integer(1, 'type', types.length - 1)]!;
        const text = element.signed(6) === 0 || (element.has(10) && element.struct(10, 'logicalType').has(1));
        leaves.push({ ...node, type, text });
      } else {
        visit(node, element.integer(5, 'num_children', elements.length));
      }
    }
  };
  const root = elements[0];
  if (root === undefined) throw formatError(where, 'the schema must have a root', 'none');
  visit(
    { path: [], definition: 0, repeated: false },
    root.optionalInteger(5, 'num_children', elements.length) ?? 0,
  );
  if (next !== elements.length) {
    throw formatError(where, `the schema must have ${next} elements`, elements.length);
  }
  return leaves;
}
