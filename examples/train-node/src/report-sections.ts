import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActiveDimension, subspaces } from '@eigengan/eigengan-model';
import {
  gramMatrices,
  type ReportPicture,
  type ReportSection,
  type SpectrumLayer,
  spectrum,
  type ThemeName,
  traversalSheet,
} from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import sharp from 'sharp';
import { traversalRows, traversalValues } from './pictures';

/** So many rows are looked at; the rest is in the run's traversal. */
const mostRows = 8;
/** As many Gram matrices as can be read beside each other. */
const basesInARow = 3;

/** The samples that lie in a run's folder, the first step first. */
export async function samplesSection(folder: string, lastStep: number): Promise<ReportSection> {
  const steps = (await readdir(folder))
    .map((name) => Number(/^samples-(\d+)\.png$/.exec(name)?.[1]))
    .filter((step) => step <= lastStep)
    .sort((a, b) => a - b);
  const pictures = steps.map(async (step) => ({
    picture: new Uint8Array(
      await sharp(join(folder, `samples-${step}.png`))
        .trim()
        .png()
        .toBuffer(),
    ),
    alt: `A grid of samples of the generator’s moving average after step ${step}`,
    caption: `Step ${step}`,
  }));
  return {
    heading: 'Samples over time',
    text: 'The same latents each time, by the moving average of the generator.',
    pictures: await Promise.all(pictures),
    layout: 'stages',
  };
}

/** What the most active dimensions do to the picture. */
export async function traversalsSection(
  generator: LayersModel,
  dimensions: readonly ActiveDimension[],
): Promise<ReportSection> {
  const byActivity = [...dimensions].sort((a, b) => b.activity - a.activity);
  const chosen = new Set(byActivity.slice(0, mostRows));
  // In the order of the layers, so that those of one share a heading.
  const shown = dimensions.filter((dimension) => chosen.has(dimension));
  const rows = traversalRows(generator, shown);
  const [first] = byActivity;
  const picture = await inBoth((theme) => traversalSheet(rows, { values: traversalValues, theme }));
  tf.dispose(rows.map(({ images }) => images));
  return {
    heading: 'Most active dimensions',
    text: `The ${shown.length} of ${dimensions.length} that change the picture most, from −3 to 3 standard deviations. The column in the middle is the mode.`,
    pictures: [
      {
        picture,
        alt: `A row of nine pictures for each dimension: ${shown.map(nameOf).join(', ')}${first ? `; the most active is ${nameOf(first)}` : ''}`,
      },
    ],
  };
}

/** What the dimensions of each layer weigh and do. */
export async function spectraSection(dimensions: readonly ActiveDimension[]): Promise<ReportSection> {
  const of = (name: 'importance' | 'activity', decimals: number) => {
    const layers: readonly SpectrumLayer[] = blocksOf(dimensions).map(({ block, members }) => ({
      title: titleOf(block),
      values: members.map((dimension) => dimension[name]),
    }));
    const strongest = dimensions.reduce((a, b) => (Math.abs(b[name]) > Math.abs(a[name]) ? b : a));
    return inBoth(async (theme) => spectrum(layers, { sorted: false, decimals, theme })).then((picture) => ({
      picture,
      alt: `Bars of each dimension’s ${name}, layer beside layer; the largest is ${strongest[name].toFixed(decimals)}, of ${nameOf(strongest)}`,
    }));
  };
  return {
    heading: 'Spectra',
    text: 'The dimensions of each layer by falling importance. One may be important and yet do nothing: below an activity of 0.005 nobody sees it.',
    pictures: [
      {
        ...(await of('importance', 1)),
        caption: 'Importance: the weight of the dimension in its layer',
      },
      {
        ...(await of('activity', 3)),
        caption:
          'Activity: the mean change of the picture for one standard deviation, on the scale of [−1, 1]',
      },
    ],
  };
}

/** How orthonormal the bases are. */
export async function basesSection(generator: LayersModel): Promise<ReportSection> {
  const layers = subspaces(generator).map(({ block, basis }) => ({ title: titleOf(block), basis }));
  const pictures: ReportPicture[] = [];
  for (let from = 0; from < layers.length; from += basesInARow) {
    const row = layers.slice(from, from + basesInARow);
    pictures.push({
      picture: await inBoth((theme) => gramMatrices(row, { theme })),
      alt: `The Gram matrices of the bases of ${row.map(({ title }) => title.toLowerCase()).join(', ')}, with the largest departure from orthonormality above each`,
    });
  }
  return {
    heading: 'Orthonormality',
    text: 'The products of each basis’s vectors: 1 on the diagonal and 0 beside it where they are orthonormal.',
    pictures,
  };
}

async function inBoth<T>(draw: (theme: ThemeName) => Promise<T>): Promise<{ light: T; dark: T }> {
  return { light: await draw('light'), dark: await draw('dark') };
}

function blocksOf(dimensions: readonly ActiveDimension[]) {
  const blocks = [...new Set(dimensions.map(({ block }) => block))];
  return blocks.map((block) => ({ block, members: dimensions.filter((one) => one.block === block) }));
}

const titleOf = (block: number) => `Layer ${block}`;

const nameOf = ({ block, place, name }: ActiveDimension) =>
  `${titleOf(block).toLowerCase()} dimension ${place + 1}${name === undefined ? '' : ` (${name})`}`;
