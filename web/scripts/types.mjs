// Writes the API's types from its committed description, or with --check says whether the committed ones are stale.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/openapi/emulator.json', import.meta.url);
const target = new URL('../src/shared/api/emulator.d.ts', import.meta.url);
const fresh = `// Written by \`npm run types\` from docs/openapi/emulator.json.\n\n${astToString(await openapiTS(source))}`;

if (!process.argv.includes('--check')) {
  await writeFile(target, fresh);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== fresh) {
  console.error(
    'src/shared/api/emulator.d.ts is not the emulator as it is described: run `npm run types` and look at the change',
  );
  process.exit(1);
}
