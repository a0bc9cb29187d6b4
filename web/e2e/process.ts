/** The real binary, as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');

/** What runs: it ends with the tests, however they end. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts it: `PARLANCE_BIN`, else a release build of this tree. Gives what it says when it is ready. */
export async function run<Ready>(args: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
  const binary = process.env.PARLANCE_BIN ?? join(ROOT, 'target/release/parlance');
  if (!existsSync(binary)) throw new Error(`there is no ${binary}: run \`cargo build --release\`, or set PARLANCE_BIN`);
  const child = spawn(binary, [...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', (code) => fail(new Error(`parlance ${args[0]} ended with ${code} before it was ready`)));
  });
  return { child, ready: JSON.parse(line) as Ready };
}

/** Tells it to end, and waits until it has. */
export async function end(child: ChildProcess) {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
