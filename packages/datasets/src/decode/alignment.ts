/** A map of the plane: `x' = a x + b y + c`, `y' = d x + e y + f`; whole numbers are the pixels' middles. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A cut that each picture goes through before it comes to its form. */
export interface Alignment {
  /** Height and width of the cut, pixels. */
  readonly size: readonly [height: number, width: number];
  /**
   * From the cut's pixels to the picture's; undefined when nothing is known of it, which counts as damage.
   *
   * @throws FormatError when what is known of it is no cut, which counts as damage too
   */
  of(name: string): Affine | undefined;
  /** Changes when any cut changes. */
  readonly fingerprint: string;
}
