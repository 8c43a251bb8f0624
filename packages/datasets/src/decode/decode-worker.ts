import { ArgumentError, EigenganError, FormatError, MissingPackageError } from '@eigengan/core';
import type { StoredPicture } from '../pictures/picture';
import type { ImageForm } from './image-form';
import type { Cut, Prepare, Prepared } from './prepare';

/** What is asked of a worker, as it is posted. */
export interface DecodeRequest {
  readonly id: number;
  readonly name: string;
  readonly stored: StoredPicture;
  readonly form: ImageForm;
  readonly cut: Cut | undefined;
}

/** What a worker answers, as it is posted. */
export type DecodeAnswer = { readonly id: number } & (
  | { readonly prepared: Prepared }
  | { readonly error: { readonly name: string; readonly message: string } }
);

/** A thread that prepares. */
export interface DecodeWorker {
  send(request: DecodeRequest, transfer: ArrayBuffer[]): void;
  /** Whether the process waits for this thread. */
  hold(busy: boolean): void;
  end(): Promise<void>;
}

/** Starts a thread. `ended` is called once when it ends by itself, with the reason. */
export type StartWorker = (
  answered: (answer: DecodeAnswer) => void,
  ended: (reason: string) => void,
) => DecodeWorker;

/** In the thread: does what is asked, and says what to post, and which buffers to hand over with it. */
export async function answerRequest(
  prepare: Prepare,
  { id, name, stored, form, cut }: DecodeRequest,
): Promise<[answer: DecodeAnswer, transfer: ArrayBuffer[]]> {
  try {
    const prepared = await prepare(name, stored, form, cut);
    return [{ id, prepared }, [prepared.image.buffer]];
  } catch (cause) {
    // Posted as text: a copy of an error loses its class.
    const error = cause instanceof Error ? cause : new Error(String(cause));
    return [{ id, error: { name: error.name, message: error.message } }, []];
  }
}

/** In the calling thread: an error of the class that it had in the worker. */
export function revivedError({ name, message }: { readonly name: string; readonly message: string }): Error {
  if (name === 'FormatError') return new FormatError(message);
  if (name === 'MissingPackageError') return new MissingPackageError(message);
  if (name === 'ArgumentError') return new ArgumentError(message);
  return new EigenganError(`${name}: ${message}`);
}
