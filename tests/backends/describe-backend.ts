import { type BackendReport, useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Computation, forward, gradients } from './computation';
import { countTests } from './count-tests';
import { type Difference, largestDifference, largestNormDifference } from './difference';
import { environment } from './environment';
import { forwardPasses, lossGradients, penaltyGradients } from './networks';
import { operations } from './operations';
import { optimizerUpdates } from './optimizer-updates';
import { describePlace, place } from './place';
import { type BackendResult, writeResult } from './results';
import { runOn } from './run-on';
import { describeSecondOrder, secondOrderGradients, tiedCases } from './second-order';
import { stepTime } from './step-time';
import { tenSteps } from './ten-steps';
import { type VariantName, variants } from './variants';
import { whyAbsent } from './why-absent';

/** Difference from cpu where a GPU's own sines, good for three digits, are differentiated twice. */
const coarse = 2e-3;

/** Milliseconds for a test; enough for `cpu` on a busy machine. */
const patience = 600_000;

/**
 * The tests of one backend, the same for all: it must be what it says, agree with `cpu` on all that the
 * training of a GAN is made of, repeat itself and leave no tensors. Skipped, with the reason in the name,
 * where the backend cannot be had.
 */
export async function describeBackend(name: VariantName): Promise<void> {
  const variant = variants[name];
  const { backend, threads, tolerance, repeat } = variant;
  const absent = await whyAbsent(name, variant);
  if (absent !== undefined) {
    describe.skip(`${name} in ${place}: ${absent}`, () => {
      it('is tested', () => {});
    });
    await writeResult({ variant: name, skipped: absent });
    return;
  }
  const { software } = await useBackend(backend, { threads, selfTest: false });
  // A program that plays the GPU needs seconds for what a GPU does in milliseconds: the table's run takes the
  // time, others leave out what is costly, ask cpu instead of finite differences, which agree with it, and
  // leave to Chromium what it does with the same shaders as Node.
  const thrifty = software && environment('BACKENDS_TABLE') === '';
  const affordable = ({ costly }: Computation) => !(thrifty && (costly === true || costly === place));

  describe(`${name} in ${describePlace()}`, { timeout: patience }, () => {
    let report: BackendReport;
    let worst: Difference = { error: 0, at: '' };
    let trains = false;
    let milliseconds: number | undefined;

    beforeAll(async () => {
      await useBackend('cpu');
      report = await useBackend(backend, { threads });
    });
    // biome-ignore lint/correctness/noEmptyPattern: vitest takes a name there for one of its fixtures
    afterAll(async ({}, suite) => {
      if (report === undefined) return;
      const { device, software } = report;
      const secondOrder = countTests(suite, 'second order');
      const found: Omit<BackendResult, 'place' | 'where'> = {
        variant: name,
        device,
        software,
        threads: report.threads,
        trains,
        secondOrder,
        largestDifference: worst,
        milliseconds,
      };
      await writeResult(found);
    });

    /** Computes on `cpu`, then twice on the backend under test; the second time perhaps not all of it. */
    async function twice<T>(
      compute: () => Promise<T>,
      again = compute,
    ): Promise<{ first: T; second: T; expected: T }> {
      const expected = backend === 'cpu' ? undefined : await runOn('cpu', compute);
      const first = await runOn(backend, compute);
      const second = await runOn(backend, again);
      return { first, second, expected: expected ?? first };
    }

    function expectWithin(difference: Difference, limit: number, what: string): void {
      expect(difference.error, `${what}: ${difference.at}`).toBeLessThanOrEqual(limit);
    }

    async function expectAgreement({ name: what, compute }: Computation, limit: number): Promise<void> {
      const { first, second, expected } = await twice(compute);
      const difference = largestDifference(first, expected);
      if (difference.error > worst.error) worst = { error: difference.error, at: what };
      expectWithin(difference, limit, 'difference from cpu');
      expectWithin(largestDifference(second, first), repeat, 'difference between two runs');
    }

    it('is what runs, and says so', () => {
      expect(tf.getBackend()).toBe(backend);
      expect(report).toMatchObject({
        backend,
        threads,
        coreVersion: tf.version_core,
        floatPrecision: 32,
        selfTest: { passed: true },
      });
      expect(report.simd).toBe(backend === 'wasm');
      expect(report.device).not.toBe('');
      expect(report.lost.aborted).toBe(false);
    });

    const computations = [
      ...operations.map(forward),
      ...operations.map(gradients),
      ...forwardPasses,
      ...lossGradients,
      ...optimizerUpdates,
    ];
    describe('agrees with cpu and repeats itself', () => {
      for (const computation of computations.filter(affordable)) {
        it(`in ${computation.name}`, () => expectAgreement(computation, tolerance.single));
      }
    });

    describe('second order', () => {
      beforeAll(async () => {
        await tf.setBackend(backend);
      });
      if (!thrifty) describeSecondOrder();
      else if (place === 'Chromium') {
        describeSecondOrder(tiedCases);
        for (const computation of secondOrderGradients) {
          it(`agrees with cpu in ${computation.name}`, () => expectAgreement(computation, coarse));
        }
      }
      for (const computation of penaltyGradients.filter(affordable)) {
        it(`agrees with cpu and repeats itself in ${computation.name}`, () =>
          expectAgreement(computation, tolerance.penalty));
      }
    });

    it('takes the same ten steps as cpu, and the same again', async () => {
      const { first, second, expected } = await twice(
        () => tenSteps(),
        () => tenSteps(thrifty ? 1 : 2),
      );
      expectWithin(largestNormDifference(first.losses, expected.losses), tolerance.losses, 'losses');
      expectWithin(largestNormDifference(first.weights, expected.weights), tolerance.weights, 'weights');
      for (const part of ['losses', 'weights'] as const) {
        const both = Object.entries(first[part]).filter(([name]) => name in second[part]);
        const difference = largestDifference(second[part], Object.fromEntries(both));
        expectWithin(difference, repeat, `${part} of two runs`);
      }
      trains = true;
    });

    it.runIf(variant.timed && environment('BACKENDS_TABLE') !== '')('takes its time', async () => {
      milliseconds = await runOn(backend, stepTime);
      expect(milliseconds).toBeGreaterThan(0);
    });
  });
}
