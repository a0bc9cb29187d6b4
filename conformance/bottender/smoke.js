// A live bottender 1.5.5 bot (npm) with @bottender/express: it answers the handshake, verifies X-Hub-Signature (sha1) and
// replies through the Graph API. A second bot beside it holds a wrong app secret, a third one is told of everything.
'use strict';
const assert = require('assert/strict');
const express = require('express');
const { json } = require('body-parser');
const { MessengerBot } = require('bottender');
const { registerRoutes } = require('@bottender/express');
const { actor, step, until, call, done } = require('../lib/steps');
const events = require('../lib/events');

const [igsid, ig, person] = ['IGSID', 'IG_ID', 'PERSON'].map(actor);
const text = 'Hé! Do you have the blue scarf? \u{1f9e3} a/b';
const seen = { right: [], wrong: [], every: [] };

/** A bot that does this with every event. What goes wrong is kept among the events. */
function bot(appSecret, kept, handle) {
  const made = new MessengerBot({ accessToken: actor('TOKEN'), appSecret, verifyToken: actor('VERIFY_TOKEN'), origin: actor('GRAPH_URL') });
  made.onEvent(handle);
  made.onError((error) => kept.push({ error: String((error && error.stack) || error) }));
  const server = express();
  server.use(json({ verify: (request, _, bytes) => { request.rawBody = bytes.toString(); } }));
  return registerRoutes(server, made, { path: '/' });
}

/** Keeps every event and repeats every text to whoever wrote it. */
const repeating = (kept) => async (context) => {
  const { event, session } = context;
  const one = { text: event.text, isText: event.isText, isEcho: event.isEcho, mid: event.message && event.message.mid, user: session.user.id, page: session.page.id };
  kept.push(one);
  if (event.isText && !event.isEcho) one.sent = await context.sendText(`got: ${event.text}`, { messagingType: 'RESPONSE' });
};

/** Keeps every event beside its element, whose names bottender has made its own. */
const keeping = (kept) => ({ event, session }) => kept.push({ event, session, element: asSent(event.rawEvent) });
const asSent = (value) => {
  if (Array.isArray(value)) return value.map(asSent);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), asSent(inner)]));
};

/** What bottender says of an event: every `is…` that is so, and what goes with it. */
const IS = ['isMessage', 'isText', 'hasAttachment', 'isImage', 'isVideo', 'isAudio', 'isFile', 'isFallback', 'isLocation', 'isSticker', 'isLikeSticker',
  'isQuickReply', 'isEcho', 'isPostback', 'isPayload', 'isRead', 'isDelivery', 'isReferral', 'isReaction', 'isOptin', 'isStandby', 'isPassThreadControl',
  'isPolicyEnforcement', 'isAppRoles', 'isGamePlay', 'isPayment', 'isAccountLinking', 'isBrandedCamera'];
const is = (...names) => ({ event }) => assert.deepEqual(IS.filter((name) => event[name]), names);
const both = (first, second) => (heard) => { first(heard); second(heard); };
const said = both(is('isMessage', 'isText'), ({ event, wanted }) => assert.equal(event.text, wanted.text));
const attached = (...names) => is('isMessage', 'hasAttachment', ...names);
const file = (kind, name) => both(attached(name), ({ event, wanted }) => assert.equal(event[kind].url, wanted.attachments[0].payload.url));
const tapped = (title, payload, ...names) => both(is('isPostback', 'isPayload', ...names), ({ event }) => assert.deepEqual([event.postback.title, event.payload], [title, payload]));
const reacted = both(is('isReaction'), ({ event, wanted }) => assert.deepEqual(event.reaction, wanted));
const echoed = both(is('isMessage', 'isText', 'isEcho'), ({ event, wanted }) => assert.equal(event.text, wanted.text));

/** What it says of each kind. What only Instagram has is there to be read, under no `is…` of its own. */
const UNDERSTOOD = {
  'a text': said,
  'an image': file('image', 'isImage'),
  'a video': file('video', 'isVideo'),
  'an audio file': file('audio', 'isAudio'),
  'a document': file('file', 'isFile'),
  'several files': both(attached('isImage'), ({ event }) => assert.deepEqual(event.attachments.map(({ type }) => type), ['image', 'video'])),
  'a heart': both(attached(), ({ event }) => assert.equal(event.attachments[0].type, 'like_heart')),
  'a shared post': both(attached(), ({ event }) => assert.equal(event.attachments[0].payload.igPostMediaId, actor('MEDIA_ID'))),
  'an answer to a message': both(said, ({ event, wanted }) => assert.equal(event.message.replyTo.mid, wanted.reply_to.mid)),
  'an answer to a story': both(said, ({ event, wanted }) => assert.equal(event.message.replyTo.story.id, wanted.reply_to.story.id)),
  'a story mention': both(attached(), ({ event, wanted }) => assert.deepEqual(event.attachments, wanted.attachments)),
  'a text by way of an ad': both(said, ({ event, wanted }) => assert.deepEqual([event.message.referral.ref, event.message.referral.adId], [wanted.referral.ref, wanted.referral.ad_id])),
  'a text by way of a product': both(said, ({ event, wanted }) => assert.deepEqual(event.message.referral, wanted.referral)),
  'a quick reply': both(is('isMessage', 'isText', 'isQuickReply', 'isPayload'), ({ event }) => assert.deepEqual([event.text, event.quickReply.payload, event.payload], ['Delivery', 'DELIVERY', 'DELIVERY'])),
  'an unsent message': both(is('isMessage'), ({ event }) => assert.equal(event.message.isDeleted, true)),
  'an ice breaker': both(tapped('When are you open?', 'HOURS', 'isReferral'), ({ event, wanted }) => assert.equal(event.ref, wanted.referral.ref)),
  'a menu item': tapped('Agent', 'AGENT'),
  'a button': tapped('Agent', 'AGENT'),
  'a reaction': reacted,
  'a reaction with an emoji that has no name': reacted,
  'a reaction taken back': reacted,
  'a reading': both(is('isRead'), ({ event, wanted }) => assert.equal(event.read.mid, wanted.mid)),
  'an edit': both(is(), ({ event, wanted }) => assert.equal(event.rawEvent.messageEdit.text, wanted.text)),
  'a link into the conversation': both(is('isReferral'), ({ event, wanted }) => assert.equal(event.ref, wanted.ref)),
  'an echo of a text': echoed,
  'an echo of a file': both(attached('isImage', 'isEcho'), ({ event, wanted }) => assert.equal(event.image.url, wanted.attachments[0].payload.url)),
  'an echo of a template': both(attached('isEcho'), ({ event }) => assert.equal(event.attachments[0].payload.generic.elements[0].title, 'Scarf')),
  'an echo of what somebody wrote by hand': echoed,
};

const view = async () => (await call('GET', `/_parlance/people/${person}/messages`, { with: actor('IG_USERNAME') })).data;
const write = (words) => call('POST', `/_parlance/people/${person}/messages`, { to: actor('IG_USERNAME'), text: words });
const subscribe = (callback_url, verify_token = actor('VERIFY_TOKEN')) => call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
  access_token: actor('APP_TOKEN'), object: 'instagram', callback_url, verify_token, fields: 'messages,messaging_postbacks', include_values: true,
});

(async () => {
  const app = express();
  app.use('/right', bot(actor('APP_SECRET'), seen.right, repeating(seen.right)));
  app.use('/wrong', bot('another app\'s secret', seen.wrong, repeating(seen.wrong)));
  app.use('/every', bot(actor('APP_SECRET'), seen.every, keeping(seen.every)));
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

  await events.subscribe(`${address}/every`);
  await step('every kind of event is among those that the bot is given', () => assert.deepEqual(Object.keys(UNDERSTOOD), Object.keys(events.KINDS)));
  for (const [name, check] of Object.entries(UNDERSTOOD)) {
    await step(name, async () => {
      const heard = await events.hears(name, () => seen.every);
      const { event, session, element: { sender, recipient } } = heard;
      // An echo belongs to the conversation with whom it was sent to.
      const person = event.isEcho ? recipient.id : sender.id;
      assert.deepEqual([session.user.id, session.page.id, event.pageId], [person, ig, ig]);
      check(heard);
    });
  }
  await step('nothing went wrong in the bot', () => assert.deepEqual(seen.every.filter(({ error }) => error), []));

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
