import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import type { MpiCalls } from './mpi-calls';
import { differenceOf, encodeRequest, roomForRequests } from './request';

/**
 * Ends this process with the others: in order when all of them end in order, else all of them at once, for
 * they would wait for this one for ever. Says why on stderr, with the rank.
 *
 * @param isWaiting whether the process is in the middle of a request
 */
export function endTogether(
  calls: MpiCalls,
  { rank, size, isWaiting }: { rank: number; size: number; isWaiting: () => boolean },
): void {
  const say = (text: string) => writeSync(2, `rank ${rank} of ${size}: ${text}\n`);
  const abort = (reason: string, code: number) => {
    say(`${reason}; ends the other processes`);
    calls.abort(code);
  };
  // Node prints the error after `exit`, which would be too late.
  process.on('uncaughtExceptionMonitor', (error) => say(inspect(error)));
  process.on('exit', (code) => {
    if (code !== 0) return abort(`ended with code ${code}`, code);
    if (isWaiting()) return abort('ended while it waited for the others', 1);
    const requests = roomForRequests(size);
    calls.gatherAsleep(encodeRequest({ kind: 'end', length: 0, root: 0 }), requests);
    const difference = differenceOf(requests);
    if (difference !== null) return abort(`ended before the others did (${difference})`, 1);
    calls.finalize();
  });
}
