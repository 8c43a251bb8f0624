/** What something that was caught says: an error's message, anything else as a text. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
