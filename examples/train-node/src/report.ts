import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { BackendReport } from '@eigengan/backends';
import { type LogRecord, libraryVersion } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';
import type { ActiveDimension } from '@eigengan/eigengan-model';
import { htmlReport, type ReportFacts } from '@eigengan/viz';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Configuration } from './configuration';
import { basesSection, samplesSection, spectraSection, traversalsSection } from './report-sections';
import type { RunFolder } from './run-folder';

/** A run that ended or was stopped, as its report wants it. */
export interface EndedRun {
  readonly folder: RunFolder;
  readonly configuration: Configuration;
  /** What was learned from. */
  readonly name: string;
  readonly backend: BackendReport;
  /** The moving average. */
  readonly generator: LayersModel;
  readonly dimensions: readonly ActiveDimension[];
  /** Steps in all. */
  readonly steps: number;
  /** When this process began it, or went on with it. */
  readonly begun: Date;
  readonly isResumed: boolean;
}

/** Writes `report.html`: the run in one file that opens offline. */
export async function writeReport(run: EndedRun): Promise<void> {
  const { folder, configuration, name, generator, dimensions, steps } = run;
  const report = await htmlReport({
    title: `EigenGAN on ${name}`,
    summary: `${configuration.size} px, seed ${configuration.seed}, ${run.begun.toISOString().slice(0, 10)}`,
    configuration: { ...configuration, data: configuration.data ?? 'portraits' },
    records: await readLog(folder.log),
    sections: [
      await samplesSection(folder.path, steps),
      await traversalsSection(generator, dimensions),
      await spectraSection(dimensions),
      await basesSection(generator),
    ],
    environment: environmentOf(run),
  });
  await writeFileAtomic(folder.report, report);
}

/** The whole lines of the log: jsonlLog leaves no other when it begins, and this run wrote none. */
async function readLog(path: string): Promise<LogRecord[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

function environmentOf({ backend, begun, isResumed }: EndedRun): ReportFacts {
  return {
    backend: `${backend.backend} ${backend.version}`,
    device: backend.software ? `${backend.device}, played by a program` : backend.device,
    threads: backend.threads,
    'SIMD kernels': backend.simd,
    precision: `float${backend.floatPrecision}`,
    'self-test': backend.selfTest?.passed ? 'passed' : 'not run',
    tfjs: backend.coreVersion,
    eigengan: libraryVersion,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model,
    processors: cpus().length,
    [isResumed ? 'resumed' : 'begun']: begun.toISOString(),
  };
}
