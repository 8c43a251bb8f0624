import { join, sep } from 'node:path';
import ts from 'typescript';

/** What a person's configuration would say, in the two ways that know `exports`. */
const resolutions = [
  { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
];

/**
 * Checks a program of the project and our declarations that it imports, without leaving these out as
 * `skipLibCheck` does; tfjs's own have errors that are not ours.
 *
 * @param absent Optional packages that are not installed.
 * @throws Error with what TypeScript says
 */
export function checkTypes(project: string, program: string, absent: readonly string[]): void {
  const ours = join('node_modules', '@eigengan') + sep;
  for (const resolution of resolutions) {
    const checked = ts.createProgram([join(project, program)], {
      ...resolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
    });
    const complaints = ts.getPreEmitDiagnostics(checked).flatMap(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, '\n');
      const isOurs = file === undefined || file.fileName.endsWith(program) || file.fileName.includes(ours);
      if (!isOurs || absent.some((name) => text.includes(`'${name}'`))) return [];
      return [`${file?.fileName ?? ''}: ${text}`];
    });
    if (complaints.length > 0) throw new Error(`${program} must have no errors:\n${complaints.join('\n')}`);
  }
}
