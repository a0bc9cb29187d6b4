// A live bottender 1.5.5 bot (npm) with @bottender/express: it answers the handshake, verifies X-Hub-Signature (sha1) and
// replies through the Graph API. A second bot beside it holds a wrong app secret.
'use strict';
const assert = require('assert/strict');
const express = require('express');
const { json } = require('body-parser');
const { MessengerBot } = require('bottender');
const { registerRoutes } = require('@bottender/express');
const { actor, step, until, call, done } = require('../lib/steps');

const [igsid, ig, person] = ['IGSID', 'IG_ID', 'PERSON'].map(actor);
const text = 'Hé! Do you have the blue scarf? \u{1f9e3} a/b';
const seen = { right: [], wrong: [] };

/** A bot that keeps every event it is given and repeats every text to whoever wrote it. */
function bot(appSecret, events) {
  const made = new MessengerBot({ accessToken: actor('TOKEN'), appSecret, verifyToken: actor('VERIFY_TOKEN'), origin: actor('GRAPH_URL') });
  made.onEvent(async (context) => {
    const { event, session } = context;
    const kept = { text: event.text, isText: event.isText, isEcho: event.isEcho, mid: event.message && event.message.mid, user: session.user.id, page: session.page.id };
    events.push(kept);
    if (event.isText && !event.isEcho) kept.sent = await context.sendText(`got: ${event.text}`, { messagingType: 'RESPONSE' });
  });
  made.onError((error) => events.push({ error: String((error && error.stack) || error) }));
  const server = express();
  server.use(json({ verify: (request, _, bytes) => { request.rawBody = bytes.toString(); } }));
  return registerRoutes(server, made, { path: '/' });
}

const view = async () => (await call('GET', `/_parlance/people/${person}/messages`, { with: actor('IG_USERNAME') })).data;
const write = (words) => call('POST', `/_parlance/people/${person}/messages`, { to: actor('IG_USERNAME'), text: words });
const subscribe = (callback_url, verify_token = actor('VERIFY_TOKEN')) => call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
  access_token: actor('APP_TOKEN'), object: 'instagram', callback_url, verify_token, fields: 'messages,messaging_postbacks', include_values: true,
});

(async () => {
  const app = express();
  app.use('/right', bot(actor('APP_SECRET'), seen.right));
  app.use('/wrong', bot('another app\'s secret', seen.wrong));
  const server = await new Promise((ready) => { const s = app.listen(0, '127.0.0.1', () => ready(s)); });
  const address = `http://127.0.0.1:${server.address().port}`;

  await step('handshake refused by bottender', () => assert.rejects(() => subscribe(`${address}/right`, 'another token'), (error) => {
    assert.equal(error.response.data.error.code, 2200);
    return true;
  }));
  await step('handshake answered by bottender', async () => assert.equal((await subscribe(`${address}/right`)).success, true));
  await step('app installed on the Page', async () => {
    const answer = await call('POST', `/v25.0/${actor('PAGE_ID')}/subscribed_apps`, { access_token: actor('TOKEN'), subscribed_fields: ['messages', 'messaging_postbacks'] });
    assert.deepEqual(answer, { success: true });
  });

  let question;
  let answered;
  await step('a signed webhook reaches the bot', async () => {
    question = (await write(text)).message_id;
    answered = await until('the bot saw the text', () => seen.right.find((event) => event.mid === question || event.error));
    assert.equal(answered.error, undefined);
    assert.equal(answered.text, text);
    assert.equal(answered.isText, true);
    assert.equal(answered.isEcho, false);
    assert.equal(answered.user, igsid);
    assert.equal(answered.page, ig);
  });
  await step('the person sees the answer', async () => {
    const [newest, before] = await until('the answer is there', async () => {
      const messages = await view();
      return messages[0].text === `got: ${text}` && messages;
    });
    assert.equal(newest.from, actor('IG_USERNAME'));
    assert.equal(before.id, question);
    assert.equal(before.text, text);
    const sent = await until('the client has its answer', () => answered.sent);
    assert.equal(sent.recipientId, igsid);
    assert.equal(sent.messageId, newest.id);
  });
  await step('the echo of the answer reaches the bot', async () => {
    const echo = await until('the echo', () => seen.right.find((event) => event.isEcho));
    assert.equal(echo.mid, answered.sent.messageId);
    assert.equal(echo.text, `got: ${text}`);
  });
  await step('the conversation reads back in order', async () => {
    const { data } = await call('GET', `/v25.0/${actor('PAGE_ID')}/conversations`, {
      access_token: actor('TOKEN'), platform: 'instagram', user_id: igsid, fields: 'messages.limit(2){id,message,from}',
    });
    assert.equal(data.length, 1);
    const newest = data[0].messages.data.map((message) => [message.id, message.message, message.from.id]);
    assert.deepEqual(newest, [[answered.sent.messageId, `got: ${text}`, ig], [question, text, igsid]]);
  });
  await step('nothing came twice', () => {
    assert.deepEqual(seen.right.map((event) => [event.error, event.mid]), [[undefined, question], [undefined, answered.sent.messageId]]);
  });

  await step('a wrong signature is refused, and the delivery log says so', async () => {
    assert.equal((await subscribe(`${address}/wrong`)).success, true);
    const { message_id: mid } = await write('Is anybody there?');
    const refused = await until('a failed attempt in the log', async () => {
      for (const { id } of (await call('GET', '/_parlance/deliveries')).data) {
        const delivery = await call('GET', `/_parlance/deliveries/${id}`);
        if (JSON.stringify(delivery).includes(mid) && delivery.attempts.length) return delivery;
      }
      return undefined;
    });
    assert.equal(refused.attempts[0].status, 400);
    assert.notEqual(refused.state, 'delivered');
    assert.deepEqual(seen.wrong, [], 'the bot behind it saw nothing');
    assert.equal((await view())[0].id, mid, 'nobody answered');
  });
  done();
})();
