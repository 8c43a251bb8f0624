import type { TestProject } from 'vitest/node';
import { nodeDecoding } from '../../packages/datasets/src/decode/node-decoding';
import { preparer } from '../../packages/datasets/src/decode/preparer';
import { files } from './files';
import { forms } from './forms';

/** A file, and the images that Node makes of it. */
export interface DecodedInNode {
  readonly name: string;
  /** Base64. */
  readonly file: string;
  readonly lossless: boolean;
  readonly original: { readonly height: number; readonly width: number; readonly channels: number };
  /** Base64, one for each of the forms. */
  readonly images: readonly string[];
}

/** Decodes the files in Node for the tests in pages, which have no sharp. */
export default async function provideDecoded({ provide }: TestProject): Promise<void> {
  const { prepare } = preparer(nodeDecoding, { workers: 0 });
  const decoded: DecodedInNode[] = [];
  for (const { name, bytes, lossless } of await files()) {
    const prepared = [];
    for (const form of forms) prepared.push(await prepare(name, bytes, form));
    decoded.push({
      name,
      file: Buffer.from(bytes).toString('base64'),
      lossless,
      original: prepared[0]!.original,
      images: prepared.map(({ image }) => Buffer.from(image).toString('base64')),
    });
  }
  provide('decodedInNode', decoded);
}

declare module 'vitest' {
  interface ProvidedContext {
    decodedInNode: readonly DecodedInNode[];
  }
}
