// What the Node clients share: the actors, one JSON line on standard output per step, polling, and plain calls to the server.
'use strict';

const actor = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set: start this client with conformance/run.sh`);
  return process.env[name];
};

let failures = 0;
const report = (step, outcome, note = '') => {
  if (outcome === 'failed') failures += 1;
  console.log(JSON.stringify({ step, outcome, note: String(note).slice(0, 1500) }));
};

/** Runs one step and prints how it went; answers what `run` answered, or undefined when it threw. */
async function step(name, run) {
  try {
    const value = await run();
    report(name, 'passed');
    return value;
  } catch (error) {
    report(name, 'failed', describe(error));
    return undefined;
  }
}

/** How axios tells of a refusal; clients with an error of their own bring a function like it. */
const byAxios = ({ response: { status, data } = {} }) => ({ status, ...(data && data.error) });

/** Runs what this release does not serve yet: each must be refused with a Graph error, or it no longer waits. */
async function waiting(rows, refusal = byAxios) {
  for (const { step: name, waits_for: reason, run } of rows) {
    try {
      await run();
      report(name, 'failed', `no longer waits for ${reason}: make it a step`);
    } catch (error) {
      const { status, code, message, type } = refusal(error);
      if (status >= 400 && status < 500 && Number.isInteger(code) && message && type) report(name, 'waits', reason);
      else report(name, 'failed', `waits for ${reason}, but is not refused with a Graph error: ${describe(error)}`);
    }
  }
}

/** A step that waits for what this release does not do yet: it must fail until then, and fails the run once it would pass. */
async function awaited(name, reason, run) {
  try {
    await run();
  } catch {
    report(name, 'waits', reason);
    return;
  }
  report(name, 'failed', `no longer waits for ${reason}: make it a step`);
}

/** The server's answer where there was one, else the error itself. */
function describe(error) {
  const response = error && error.response;
  const status = response && (response.status || error.status || error.statusCode);
  if (response) return `${error.message} | ${status} ${JSON.stringify('data' in response ? response.data : response)}`;
  return String((error && error.stack) || error);
}

/** Asks again until `ask` answers something true. The deadline is only for a server that does not do its part. */
async function until(what, ask, seconds = 20) {
  for (const deadline = Date.now() + 1000 * seconds; Date.now() < deadline; ) {
    const found = await ask();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`after ${seconds} s still not: ${what}`);
}

/** One call to the server without any client, for what only the emulator or a dashboard does. Throws unless it answers 2xx. */
async function call(method, path, parameters = {}) {
  const url = new URL(path, actor('GRAPH_URL'));
  const init = { method };
  if (method === 'GET') for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  else Object.assign(init, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(parameters) });
  const answer = await fetch(url, init);
  const text = await answer.text();
  const data = (() => { try { return JSON.parse(text); } catch { return text; } })();
  if (!answer.ok) throw Object.assign(new Error(`${method} ${path}`), { response: { status: answer.status, data } });
  return data;
}

/** Ends the process: 1 when a step failed. */
const done = () => process.exit(failures ? 1 : 0);

module.exports = { actor, step, waiting, awaited, until, call, done };
