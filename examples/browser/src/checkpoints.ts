import { browserStore } from '@eigengan/trainer/browser';

/** The checkpoints of the run that this browser keeps: the worker writes them, the page offers them. */
export const checkpoints = browserStore('eigengan-training-page');
