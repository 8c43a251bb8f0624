/** An image file of a page, before it is read. */
export interface ListedFile {
  /** Its path in the folder that was chosen, with `/`, or its name, or its URL. */
  readonly name: string;
  /** What changes with the file, as far as it is known without opening it. */
  readonly version: string;
  /** The file's bytes, whole. */
  bytes(): Promise<Uint8Array>;
}
