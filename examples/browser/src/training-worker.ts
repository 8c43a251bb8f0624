import type { Command, Message } from './messages';
import { type Run, startRun } from './run';

// A worker trains one run: a thread holds one build of wasm only, and ending it frees all memory.
let run: Run | undefined;

function tell(message: Message): void {
  // A checkpoint is megabytes, and nobody here needs it any more: it is handed over, not copied.
  self.postMessage(message, { transfer: message.kind === 'checkpoint' ? [message.bytes.buffer] : [] });
}

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.kind === 'start') run = startRun(data.settings, tell);
  else run?.[data.kind]();
});
