import type { Inspection, NamedImage } from './inspection';

/** Lines of a list that are shown. */
const shown = 5;
const channelNames = ['', 'gray', 'gray and alpha', 'RGB', 'RGBA'];

/** An inspection as some lines of text, for a terminal. */
export function describeInspection(found: Inspection): string {
  const { length, shape, whole, damaged, pictures, channels, labels, warnings } = found;
  const lines = [`${thousands(whole)} images of ${shape.join(' x ')}, of ${thousands(length)}`];
  if (pictures !== undefined) {
    const { smallest, median, largest, sizes } = pictures;
    const [most] = sizes;
    const counts = pictures.channels.map(
      ({ channels, count }) => `${channelNames[channels] ?? channels} ${thousands(count)}`,
    );
    lines.push(
      `pictures (height x width): ${size(smallest)} to ${size(largest)}, median ${size(median)}` +
        (most === undefined || sizes.length === 1
          ? ''
          : `; most often ${size(most)} (${thousands(most.count)})`),
      `channels: ${counts.join(', ')}`,
    );
  }
  if (channels.length > 0) {
    const means = channels.map(({ mean }) => mean.toFixed(2)).join(', ');
    const deviations = channels.map(({ standardDeviation }) => standardDeviation.toFixed(2)).join(', ');
    lines.push(`values: mean ${means}; standard deviation ${deviations}`);
  }
  if (labels !== undefined) {
    const counts = labels
      .slice(0, shown)
      .map(({ label, name, count }) => `${name ?? label} ${thousands(count)}`);
    lines.push(`labels: ${counts.join(', ')}${more(labels.length)}`);
  }
  lines.push(
    ...groupLines('the same', found.duplicates),
    ...groupLines('alike', found.nearDuplicates),
    ...damaged.slice(0, shown).map(({ name, reason }) => `damaged: ${name}: ${reason}`),
  );
  if (damaged.length > shown) lines.push(`damaged: ${thousands(damaged.length - shown)} more`);
  return [...lines, ...warnings.map((warning) => `warning: ${warning}`)].join('\n');
}

function groupLines(what: string, groups: readonly (readonly NamedImage[])[]): string[] {
  const lines = groups.slice(0, shown).map((group) => {
    const names = group.slice(0, shown).map(({ name }) => name);
    return `${what}: ${names.join(', ')}${more(group.length)}`;
  });
  return groups.length > shown
    ? [...lines, `${what}: ${thousands(groups.length - shown)} more groups`]
    : lines;
}

function more(count: number): string {
  return count > shown ? ` and ${thousands(count - shown)} more` : '';
}

function size({ height, width }: { readonly height: number; readonly width: number }): string {
  return `${height} x ${width}`;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
