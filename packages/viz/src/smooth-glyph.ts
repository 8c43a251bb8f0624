import { capitalHeight, type Glyph, glyphHeight, glyphOf } from './font';

/** How much of each pixel a glyph covers, 0 to 1, row by row. */
export interface GlyphMask {
  readonly width: number;
  readonly height: number;
  readonly coverage: Float32Array;
}

const doublings = 3;
const samples = 4;
const masks = new Map<string, GlyphMask>();

/**
 * A glyph at any size: its drawing doubled three times with the corners rounded off, then averaged over the
 * pixels of the size asked for.
 *
 * @param size height of a capital letter in pixels
 */
export function smoothGlyph(character: string, size: number): GlyphMask {
  const key = `${character}${size}`;
  const known = masks.get(key);
  if (known !== undefined) return known;
  let glyph = glyphOf(character);
  const unit = size / capitalHeight;
  const width = Math.ceil((glyph[0]?.length ?? 0) * unit);
  const height = Math.ceil(glyphHeight * unit);
  for (let i = 0; i < doublings; i++) glyph = doubled(glyph);

  const coverage = new Float32Array(width * height);
  const step = 2 ** doublings / unit;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let inked = 0;
      for (let sample = 0; sample < samples * samples; sample++) {
        const down = y + (Math.floor(sample / samples) + 0.5) / samples;
        const right = x + ((sample % samples) + 0.5) / samples;
        if (glyph[Math.floor(down * step)]?.[Math.floor(right * step)]) inked++;
      }
      coverage[y * width + x] = inked / (samples * samples);
    }
  }
  const mask = { width, height, coverage };
  masks.set(key, mask);
  return mask;
}

/** Twice the size by the rule of EPX (Scale2x): a corner pixel takes its two neighbours' value if they agree. */
function doubled(glyph: Glyph): Glyph {
  const at = (y: number, x: number) => glyph[y]?.[x] ?? false;
  return glyph.flatMap((row, y) => {
    const upper: boolean[] = [];
    const lower: boolean[] = [];
    row.forEach((self, x) => {
      const [above, right, left, below] = [at(y - 1, x), at(y, x + 1), at(y, x - 1), at(y + 1, x)];
      upper.push(left === above && left !== below && above !== right ? above : self);
      upper.push(above === right && above !== left && right !== below ? right : self);
      lower.push(below === left && below !== right && left !== above ? left : self);
      lower.push(right === below && right !== above && below !== left ? right : self);
    });
    return [upper, lower];
  });
}
