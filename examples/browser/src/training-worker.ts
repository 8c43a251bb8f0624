import type { Command, Message } from './messages';
import { type Run, startRun } from './run';

// A worker trains one run: a thread holds one build of wasm only, and ending it frees all memory.
let run: Run | undefined;

function tell(message: Message): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.kind === 'start') run = startRun(data.settings, data.files, tell);
  else run?.[data.kind]();
});
