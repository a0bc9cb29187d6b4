// Takes the packages of the lock file, unless these are the ones that are there.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => {
  try {
    return readFileSync(`${web}/${path}`, 'utf8');
  } catch {
    return null;
  }
};

const stamp = 'node_modules/.of-lock-file';
const lock = read('package-lock.json');
if (read(stamp) !== lock) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: web, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(`${web}/${stamp}`, lock);
}
