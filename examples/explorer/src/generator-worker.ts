import { useBackend } from '@eigengan/backends';
import { type GeneratorOnStage, loadOnStage } from './generator-on-stage';
import type { Answer, Question, Questions } from './messages';

// Pictures are made here, so that the page answers a hand whatever the model costs.
const backend = useBackend('auto');
let stage: GeneratorOnStage | undefined;

async function answer(question: Question): Promise<Questions[keyof Questions]['answers']> {
  if (question.kind === 'load') {
    const { backend: name, threads, software } = await backend;
    const next = await loadOnStage(question.asks);
    stage?.dispose();
    stage = next;
    const where = `${name}${threads > 1 ? `, ${threads} threads` : ''}${software ? ', played by a program' : ''}`;
    return { ...next.description, backend: where };
  }
  if (stage === undefined) throw new Error('No model is loaded');
  return question.kind === 'render' ? stage.render(question.asks) : stage.save(question.asks);
}

self.addEventListener('message', async ({ data }: MessageEvent<Question>) => {
  let message: Answer;
  try {
    message = { number: data.number, answers: await answer(data) };
  } catch (error) {
    message = { number: data.number, problem: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(message);
});
