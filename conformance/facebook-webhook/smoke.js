// The Rust crate facebook-webhook 0.1.2 as a receiver (src/main.rs): it answers the handshake and checks X-Hub-Signature (sha1)
// of live deliveries. Its types are those of comments, mentions and story insights.
'use strict';
const assert = require('assert/strict');
const { spawn } = require('child_process');
const { createInterface } = require('readline');
const { actor, step, until, call, done } = require('../lib/steps');
const events = require('../lib/events');

/** Starts the receiver with this app secret; answers its address, and what it has taken so far. */
async function receiver(appSecret) {
  const environment = { PATH: process.env.PATH, APP_SECRET: appSecret, VERIFY_TOKEN: actor('VERIFY_TOKEN') };
  const program = spawn(actor('RECEIVER'), { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => program.kill());
  const taken = [];
  createInterface({ input: program.stdout }).on('line', (line) => taken.push(JSON.parse(line)));
  const { listening } = await until('the receiver listens', () => taken.shift());
  const entry = ({ body }) => JSON.parse(body).entry[0];
  return { url: listening, taken: () => taken.map((one) => ({ ...one, element: (entry(one).messaging || [])[0] })) };
}

const subscribe = (callback_url, verify_token = actor('VERIFY_TOKEN')) => call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
  access_token: actor('APP_TOKEN'), object: 'instagram', callback_url, verify_token, fields: 'messages,comments', include_values: true,
});

(async () => {
  const [right, wrong] = [await receiver(actor('APP_SECRET')), await receiver('another app\'s secret')];
  await step('handshake refused by facebook-webhook', () => assert.rejects(() => subscribe(right.url, 'another token'), (error) => {
    assert.equal(error.response.data.error.code, 2200);
    return true;
  }));
  await step('handshake answered by facebook-webhook', async () => assert.equal((await subscribe(right.url)).success, true));
  await events.subscribe(right.url);
  await step('sha1 of every kind of event', async () => {
    for (const name of Object.keys(events.KINDS)) {
      const { valid, error } = await events.hears(name, right.taken);
      assert.deepEqual([valid, error], [true, null], name);
    }
  });
  await step('a comment', async () => {
    await subscribe(right.url);
    const text = 'Is the orange one back? \u{1f9e1}';
    const { comment_id: id } = await call('POST', `/_parlance/people/${actor('PERSON')}/comments`, { to: actor('IG_USERNAME'), media_id: actor('MEDIA_ID'), text });
    const comments = ({ told }) => Array.isArray(told) && told[0].changes[0].comments;
    const heard = await until('the comment is delivered', () => right.taken().find((one) => (comments(one) || {}).id === id), 2);
    assert.deepEqual([heard.valid, heard.told.length, heard.told[0].id], [true, 1, actor('IG_ID')]);
    assert.deepEqual(comments(heard), { id, text, media: { id: actor('MEDIA_ID'), media_product_type: 'FEED' } });
    assert.ok(Math.abs(heard.told[0].time - Date.now() / 1000) < 60, 'seconds');
  });
  await step('a wrong secret is refused, and the delivery log says so', async () => {
    await events.subscribe(wrong.url);
    const { valid, error, element } = await events.hears('a text', wrong.taken);
    assert.deepEqual([valid, error], [false, 'SignatureMismatch']);
    const refused = await until('a failed attempt in the log', async () => {
      for (const { id } of (await call('GET', '/_parlance/deliveries')).data) {
        const delivery = await call('GET', `/_parlance/deliveries/${id}`);
        if (delivery.request.body.includes(element.message.mid) && delivery.attempts.length) return delivery;
      }
      return undefined;
    });
    assert.deepEqual([refused.attempts[0].status, refused.state], [401, 'pending']);
  });
  done();
})();
