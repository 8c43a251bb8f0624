import { writeFile } from 'node:fs/promises';
import { assemblies, compileAssembly } from './compile-assembly';

for (const assembly of assemblies) await writeFile(assembly.target, await compileAssembly(assembly));
