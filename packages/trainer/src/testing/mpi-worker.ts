// Run by open-mpi.test.ts under mpirun: `mpi-worker.ts work|throw|leave|differ`. The last rank does the harm.
import { openMpi } from '../collective/open-mpi';

const [task] = process.argv.slice(2);
const processes = await openMpi();
const { rank, size } = processes;
const last = rank === size - 1;
const values = Float32Array.from([1, 2, 3], (value) => value + rank / 2);

switch (task) {
  case 'work': {
    const [sum, mean, floats] = [values.slice(), values.slice(), values.slice()];
    const bytes = new Uint8Array(100_000).fill(rank + 1);
    // Asked for at once, done in order.
    await Promise.all([
      processes.allReduce(sum, 'sum'),
      processes.allReduce(mean, 'mean'),
      processes.allReduce(new Float32Array(0), 'sum'),
      processes.broadcast(bytes, 1),
      processes.broadcast(floats.subarray(1), 0),
    ]);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    if (last) await new Promise((resolve) => setTimeout(resolve, 200));
    await processes.allReduce(values, 'sum');
    clearInterval(timer);
    const same = bytes.every((byte) => byte === 2);
    console.log(JSON.stringify({ rank, size, sum, mean, floats, same, alive: turns > 5 }));
    // The others wait for it, in order.
    if (last) await new Promise((resolve) => setTimeout(resolve, 200));
    break;
  }
  case 'throw':
    if (last) throw new RangeError('a bad day');
    await processes.allReduce(values, 'sum');
    break;
  case 'leave':
    if (!last) await processes.allReduce(values, 'sum');
    break;
  case 'differ':
    await processes.allReduce(last ? values : values.subarray(1), 'sum').catch((error: Error) => {
      console.log(error.message);
    });
    break;
}
