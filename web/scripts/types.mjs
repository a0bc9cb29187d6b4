// Writes the APIs' types from their committed descriptions, or with --check says which of the committed ones are stale.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

for (const api of ['emulator', 'inbox']) {
  const source = new URL(`../../docs/openapi/${api}.json`, import.meta.url);
  const target = new URL(`../src/shared/api/${api}.d.ts`, import.meta.url);
  const fresh = `// Written by \`npm run types\` from docs/openapi/${api}.json.\n\n${astToString(await openapiTS(source))}`;

  if (!process.argv.includes('--check')) {
    await writeFile(target, fresh);
  } else if ((await readFile(target, 'utf8').catch(() => '')) !== fresh) {
    console.error(
      `src/shared/api/${api}.d.ts is not the API as it is described: run \`npm run types\` and look at the change`,
    );
    process.exitCode = 1;
  }
}
