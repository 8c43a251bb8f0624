import { writeFile } from 'node:fs/promises';
import { compileAssembly, target } from './compile-assembly.mjs';

await writeFile(target, await compileAssembly());
