import { writeFile } from 'node:fs/promises';
import { compileAssembly, target } from './compile-assembly';

await writeFile(target, await compileAssembly());
