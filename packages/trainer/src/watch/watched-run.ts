import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceCanary } from '../device/device-canary';
import { assertLatents } from '../input-checks';
import { ScalarLog } from '../logs/scalar-log';
import type { TrainerSettings } from '../trainer-options';
import type { WatchedRun } from './watcher';

/** A trainer as its watchers see it. */
export function watchedRun(
  { generator, discriminator, latents, seed }: TrainerSettings,
  canary: DeviceCanary,
): Omit<WatchedRun, 'batch'> {
  return {
    generator,
    discriminator,
    latents: (count) => {
      // A stream of its own: the run's does not move.
      const drawn = tf.tidy(() => latents(count, seededStream(seed, 'watch')));
      assertLatents(drawn, generator, count);
      return drawn;
    },
    read: async (compute) => {
      const log = new ScalarLog();
      try {
        tf.tidy(() => {
          for (const [name, value] of Object.entries(compute())) log.add(name, value);
        });
        return Object.fromEntries(await log.read(canary));
      } finally {
        log.dispose();
      }
    },
  };
}
