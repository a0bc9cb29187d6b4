// Two published webhook receivers on live deliveries of every kind: express-x-hub 1.0.4 (npm, sha1, as in Meta's own samples),
// which verifies, and @warriorteam/messenger-sdk 1.5.8 (npm, sha256), which also says what an event is.
'use strict';
const assert = require('assert/strict');
const express = require('express');
const { json } = require('body-parser');
const xhub = require('express-x-hub');
const sdk = require('@warriorteam/messenger-sdk');
const { actor, step, until, call, done } = require('../lib/steps');
const events = require('../lib/events');

const { verifyWebhookSignature, verifyWebhookSubscription, getWebhookEventType } = sdk;

let secret = actor('APP_SECRET');
const text = 'Un châle, s\'il vous plaît \u{1f9f6} <a/b> & "c"';
const deliveries = [];

/** Meta's sample server: the middleware reads the body and offers `isXHubValid`. */
function expressXHub() {
  const app = express();
  app.use((request, response, next) => xhub({ algorithm: 'sha1', secret })(request, response, next), json());
  app.get('/', ({ query }, response) => {
    const right = query['hub.mode'] === 'subscribe' && query['hub.verify_token'] === actor('VERIFY_TOKEN');
    if (right) response.send(query['hub.challenge']);
    else response.sendStatus(400);
  });
  app.post('/', (request, response) => {
    const valid = Boolean(request.isXHub && request.isXHubValid());
    deliveries.push({ valid, body: request.body, headers: request.headers });
    response.sendStatus(valid ? 200 : 401);
  });
  return app;
}

/** The SDK's own verification over the raw bytes. */
function warriorteam() {
  const app = express();
  app.use(express.raw({ type: () => true }));
  app.get('/', ({ query }, response) => {
    const challenge = verifyWebhookSubscription(query, actor('VERIFY_TOKEN'));
    if (challenge) response.send(challenge);
    else response.sendStatus(403);
  });
  app.post('/', async (request, response) => {
    const { isValid } = await verifyWebhookSignature(request.body, request.get('x-hub-signature-256'), secret);
    const bytes = request.body;
    deliveries.push({ valid: isValid, body: isValid ? JSON.parse(bytes) : undefined, bytes, headers: request.headers });
    response.sendStatus(isValid ? 200 : 401);
  });
  return app;
}

const subscribe = (callback_url, verify_token) => call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
  access_token: actor('APP_TOKEN'), object: 'instagram', callback_url, verify_token, fields: 'messages', include_values: true,
});

/** Subscribes the callback, lets a person write, and answers the delivery once its shape is checked. */
async function delivered(callback) {
  assert.equal((await subscribe(callback, actor('VERIFY_TOKEN'))).success, true);
  deliveries.length = 0;
  const { message_id: mid } = await call('POST', `/_parlance/people/${actor('PERSON')}/messages`, { to: actor('IG_USERNAME'), text });
  const delivery = await until('a delivery arrives', () => deliveries[0]);
  assert.equal(delivery.valid, true);
  assert.match(delivery.headers['content-type'], /^application\/json/);
  assert.match(delivery.headers['x-hub-signature'], /^sha1=[0-9a-f]{40}$/);
  assert.match(delivery.headers['x-hub-signature-256'], /^sha256=[0-9a-f]{64}$/);
  const { object, entry: [entry, ...more] } = delivery.body;
  assert.equal(object, 'instagram');
  assert.deepEqual(more, []);
  assert.equal(entry.id, actor('IG_ID'));
  assert.equal(entry.messaging.length, 1);
  const [event] = entry.messaging;
  assert.deepEqual([event.sender.id, event.recipient.id], [actor('IGSID'), actor('IG_ID')]);
  assert.deepEqual(event.message, { mid, text });
  assert.ok(Number.isInteger(event.timestamp) && event.timestamp > 1e12 && entry.time > 1e12, 'milliseconds, as numbers');
  return delivery;
}

/** Everything taken so far, each with its one messaging element. */
const taken = () => deliveries.map((delivery) => ({ ...delivery, element: delivery.body && delivery.body.entry[0].messaging[0] }));

/** What else the SDK makes of a message with this text and attachments of these types. */
function message(event, text, attachments = []) {
  const { messageId, senderId, recipientId, timestamp, text: read, ...flags } = sdk.extractMessageContext(event);
  assert.deepEqual([messageId, senderId, recipientId, timestamp], [event.message.mid, event.sender.id, event.recipient.id, event.timestamp]);
  assert.deepEqual([read, sdk.isTextMessage(event.message)], [text, Boolean(text)]);
  const { hasAttachments, isQuickReply, isReply, hasReferral, quickReplyPayload, repliedToMessageId } = flags;
  assert.deepEqual([hasAttachments, sdk.hasAttachments(event.message)], [attachments.length > 0, attachments.length > 0]);
  for (const kind of attachments) assert.ok(sdk.getAttachmentsByType(event.message, kind).length, `it finds no ${kind}`);
  return { isQuickReply, isReply, hasReferral, quickReplyPayload, repliedToMessageId };
}
const NOTHING = { isQuickReply: false, isReply: false, hasReferral: false, quickReplyPayload: undefined, repliedToMessageId: undefined };
const plain = (is = {}) => (event) => assert.deepEqual(message(event, event.message.text), { ...NOTHING, ...is });
const bare = (...kinds) => (event) => assert.deepEqual(message(event, undefined, kinds), NOTHING);
const media = (...kinds) => (event) => {
  bare(...kinds)(event);
  assert.deepEqual(sdk.getAttachmentUrls(event.message), event.message.attachments.map(({ payload }) => payload.url));
};
const reaction = (action, name, emoji) => (event) => {
  const { MessageReactionAction, MessageReactionType } = sdk;
  assert.deepEqual([event.reaction.action, event.reaction.reaction, event.reaction.emoji], [MessageReactionAction[action], name && MessageReactionType[name], emoji]);
};
const postback = (title, payload, referral) => (event) => {
  const context = sdk.extractPostbackContext(event);
  assert.deepEqual([context.buttonTitle, context.payload, context.messageId, context.isIdentifiedUser], [title, payload, event.postback.mid, true]);
  assert.deepEqual(context.isReferred && context.referralContext, referral && event.postback.referral);
};

/** How the SDK calls each kind, and what its own functions read from it. It knows no type of attachment that only Instagram has. */
const UNDERSTOOD = {
  'a text': ['message', plain()],
  'an image': ['message', media('image')],
  'a video': ['message', media('video')],
  'an audio file': ['message', media('audio')],
  'a document': ['message', media('file')],
  'several files': ['message', media('image', 'video')],
  'a heart': ['message', bare('like_heart')],
  'a shared post': ['message', media('ig_post')],
  'an answer to a message': ['message', (event) => plain({ isReply: true, repliedToMessageId: event.message.reply_to.mid })(event)],
  'an answer to a story': ['message', plain({ isReply: true })],
  'a story mention': ['message', media('story_mention')],
  'a text by way of an ad': ['message', plain({ hasReferral: true })],
  'a text by way of a product': ['message', plain({ hasReferral: true })],
  'a quick reply': ['message', plain({ isQuickReply: true, quickReplyPayload: 'DELIVERY' })],
  'an unsent message': ['message', plain()],
  'an ice breaker': ['postback', postback('When are you open?', 'HOURS', true)],
  'a menu item': ['postback', postback('Agent', 'AGENT', false)],
  'a button': ['postback', postback('Agent', 'AGENT', false)],
  'a reaction': ['reaction', reaction('REACT', 'LOVE', '\u2764\ufe0f')],
  'a reaction with an emoji that has no name': ['reaction', reaction('REACT', 'OTHER', '\u{1f984}')],
  'a reaction taken back': ['reaction', reaction('UNREACT')],
  // Messenger's own receipts have a watermark, Instagram's name the message.
  'a reading': ['read', (event) => {
    const { senderId, recipientId, watermarkTimestamp } = sdk.extractMessageReadsContext(event);
    assert.deepEqual([senderId, recipientId, watermarkTimestamp], [actor('IGSID'), actor('IG_ID'), undefined]);
  }],
  'an edit': ['message_edit', (event) => {
    const { messageId, updatedText, editCount } = sdk.extractMessageEditContext(event);
    assert.deepEqual([messageId, updatedText, editCount], [event.message_edit.mid, event.message_edit.text, 1]);
  }],
  // It has no name for a referral by itself.
  'a link into the conversation': [null, () => {}],
  'an echo of a text': ['message_echo', plain()],
  'an echo of a file': ['message_echo', media('image')],
  'an echo of a template': ['message_echo', bare('template')],
  'an echo of what somebody wrote by hand': ['message_echo', plain()],
};

const refusesHandshake = (callback) => assert.rejects(() => subscribe(callback, 'another token'), (error) => {
  assert.equal(error.response.data.error.code, 2200);
  return true;
});

(async () => {
  const app = express();
  app.use('/express-x-hub', expressXHub());
  app.use('/warriorteam', warriorteam());
  const server = await new Promise((ready) => { const s = app.listen(0, '127.0.0.1', () => ready(s)); });
  const address = `http://127.0.0.1:${server.address().port}`;

  await step('app installed on the Page', async () => {
    const answer = await call('POST', `/v25.0/${actor('PAGE_ID')}/subscribed_apps`, { access_token: actor('TOKEN'), subscribed_fields: 'messages' });
    assert.deepEqual(answer, { success: true });
  });
  await step('express-x-hub: a refused handshake', () => refusesHandshake(`${address}/express-x-hub`));
  await step('express-x-hub: sha1 of a live delivery', () => delivered(`${address}/express-x-hub`));
  await step('warriorteam: a refused handshake', () => refusesHandshake(`${address}/warriorteam`));
  const delivery = await step('warriorteam: sha256 of a live delivery', async () => {
    const arrived = await delivered(`${address}/warriorteam`);
    assert.equal(getWebhookEventType(arrived.body.entry[0].messaging[0]), 'message');
    return arrived;
  });
  await events.subscribe(`${address}/express-x-hub`);
  await step('express-x-hub: sha1 of every kind of event', async () => {
    for (const name of Object.keys(events.KINDS)) assert.equal((await events.hears(name, taken)).valid, true, name);
    for (const { body: { entry } } of deliveries) assert.deepEqual([entry.length, entry[0].messaging.length], [1, 1]);
  });
  await events.subscribe(`${address}/warriorteam`);
  await step('every kind of event is among those that warriorteam is given', () => assert.deepEqual(Object.keys(UNDERSTOOD), Object.keys(events.KINDS)));
  for (const [name, [type, check]] of Object.entries(UNDERSTOOD)) {
    await step(name, async () => {
      const { valid, element } = await events.hears(name, taken);
      assert.deepEqual([valid, getWebhookEventType(element)], [true, type]);
      check(element);
    });
  }
  await step('the body is ASCII', () => assert.ok(delivery.bytes.every((byte) => byte >= 0x20 && byte < 0x7f)));
  await step('a changed byte breaks both signatures', async () => {
    const body = delivery.bytes.toString().replace('\\ud83e', '\\ud83d');
    assert.notEqual(body, delivery.bytes.toString());
    const headers = Object.fromEntries(['content-type', 'x-hub-signature', 'x-hub-signature-256'].map((name) => [name, delivery.headers[name]]));
    for (const path of ['express-x-hub', 'warriorteam']) {
      const status = async (sent) => (await fetch(`${address}/${path}`, { method: 'POST', headers, body: sent })).status;
      assert.equal(await status(delivery.bytes), 200, path);
      assert.equal(await status(body), 401, path);
    }
  });
  await step('an install through Instagram Login signs with the Instagram app secret', async () => {
    const gone = await call('DELETE', `/v25.0/${actor('PAGE_ID')}/subscribed_apps`, { access_token: actor('TOKEN') });
    assert.deepEqual(gone, { success: true });
    const installed = await call('POST', '/v25.0/me/subscribed_apps', { access_token: actor('IG_TOKEN'), subscribed_fields: 'messages' });
    assert.deepEqual(installed, { success: true });
    secret = actor('IG_APP_SECRET');
    await delivered(`${address}/express-x-hub`);
    await delivered(`${address}/warriorteam`);
  });
  done();
})();
