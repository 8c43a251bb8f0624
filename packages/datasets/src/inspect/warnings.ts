import type { Inspection } from './inspection';

/** Fewer images a discriminator learns by heart. */
const fewImages = 2000;
/** Shares of the whole images. */
const manyRepeated = 0.01;
const manyEnlarged = 0.05;

/** What harms training, the worst first. */
export function warningsOf(found: Omit<Inspection, 'warnings'>): string[] {
  const { length, whole, damaged, pictures, shape, gray, blank } = found;
  if (whole === 0) return [`none of the ${count(length, 'image')} can be read`];
  const [height, width, channels] = shape;
  const repeated = repeats(found.duplicates);
  const alike = repeats(found.nearDuplicates);
  const enlarged = pictures?.enlarged ?? 0;
  const warnings: (string | false)[] = [
    whole < fewImages &&
      `${count(whole, 'image')} are few: the discriminator learns them by heart; augment them, or find some thousands`,
    damaged.length > 0 && `${count(damaged.length, 'image')} of ${length} cannot be read`,
    enlarged > manyEnlarged * whole &&
      `${share(enlarged, whole)} of the pictures are smaller than ${height} x ${width}: they are enlarged, and blurred`,
    repeated > manyRepeated * whole && `${share(repeated, whole)} of the images repeat another one exactly`,
    alike > manyRepeated * whole && `${share(alike, whole)} of the images look the same as another one`,
    gray > 0 && gray < whole && `${share(gray, whole)} of the images are gray, among color`,
    gray === whole && channels >= 3 && 'all images are gray: channels: 1 is enough',
    blank > 0 && `${count(blank, 'image')} of a single color`,
  ];
  return warnings.filter((warning) => warning !== false);
}

/** Images that another one of their group makes superfluous. */
function repeats(groups: readonly (readonly unknown[])[]): number {
  return groups.reduce((sum, group) => sum + group.length - 1, 0);
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}

function share(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent < 1 ? `${part.toLocaleString('en-US')}` : `${percent.toFixed(0)} %`;
}
