import type { TrainingPlan } from './training-plan';

/** A plan as a few lines of text. */
export function describePlan(plan: TrainingPlan): string {
  const { parameters, phases, steps } = plan;
  return [
    ...(['generator', 'discriminator'] as const).map((name) => {
      const { total, trainable } = parameters[name];
      const frozen = total === trainable ? '' : `, ${thousands(trainable)} of them trained`;
      return `${name}: ${thousands(total)} parameters${frozen}`;
    }),
    ...phases.map(({ network, interval, pieces, terms }) => {
      const when = interval === 1 ? 'every step' : `every ${interval} steps`;
      const how = pieces === 1 ? '' : `, in ${pieces} pieces`;
      return `update of the ${network}, ${when}${how}: ${terms.map(describeTerm).join(' + ')}`;
    }),
    `memory: ${mebibytes(plan.peakBytes)} at most, ${mebibytes(plan.stateBytes)} of them weights and optimizers`,
    ...(steps.length === 1 ? [] : steps).map(({ share, milliseconds, penalties, updatesGenerator }) => {
      const what = [...penalties, ...(updatesGenerator ? ['generator'] : [])].join(', ') || 'nothing more';
      return `${Math.round(share * 100)} % of steps (with ${what}): ${milliseconds.toFixed(0)} ms`;
    }),
    `${plan.millisecondsPerStep.toFixed(0)} ms a step of ${plan.batch} images: ` +
      `${plan.imagesPerSecond.toFixed(1)} images a second`,
  ].join('\n');
}

function describeTerm({
  name,
  weight,
  interval,
}: {
  name: string;
  weight: number;
  interval: number;
}): string {
  const factor = weight === 1 ? '' : `${weight} `;
  return `${factor}${name}${interval === 1 ? '' : ` every ${interval}, times ${interval}`}`;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
