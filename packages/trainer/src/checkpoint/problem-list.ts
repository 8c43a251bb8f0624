const shown = 8;

/** Problems in one line: the first eight, and how many more there are. */
export function problemList(problems: readonly string[]): string {
  const rest = problems.length > shown ? `; and ${problems.length - shown} more` : '';
  return problems.slice(0, shown).join('; ') + rest;
}
