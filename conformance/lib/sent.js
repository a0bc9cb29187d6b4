// Where a sent message leaves traces: what the API reads back, what the webhook's echo says, what the person sees. Node clients
// send in their own way and check here that all three agree.
'use strict';
const assert = require('assert/strict');
const { actor, call, until } = require('./steps');

const FIRST = { igsid: actor('IGSID'), username: actor('PERSON') };
const STRANGER = { igsid: actor('IGSID_STRANGER'), username: actor('STRANGER') };
const FIELDS = 'id,message,from,to,created_time,attachments,shares{id,link,type,template},reactions,reply_to';

/** Subscribes the runner's receiver to the app's messages and postbacks and installs the app on the Page, so that echoes arrive. */
async function listen() {
  const subscribed = await call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
    access_token: actor('APP_TOKEN'), object: 'instagram', callback_url: actor('CALLBACK'), verify_token: actor('VERIFY_TOKEN'),
    fields: 'messages,messaging_postbacks', include_values: true,
  });
  const installed = await call('POST', `/v25.0/${actor('PAGE_ID')}/subscribed_apps`, { access_token: actor('TOKEN'), subscribed_fields: 'messages' });
  assert.deepEqual([subscribed, installed], [{ success: true }, { success: true }]);
}

/** Every event that the receiver has taken so far. */
const events = async () => (await call('GET', actor('TAKEN'))).flatMap(({ entry }) => entry.flatMap(({ messaging = [] }) => messaging));
/** The event of a message or a tap, as soon as the receiver has it. */
const event = (mid) => until(`the receiver has ${mid}`, async () => (await events()).find(({ message, postback }) => (message || postback || {}).mid === mid));
/** What the API reads back of a message. */
const stored = (mid, token = actor('TOKEN')) => call('GET', `/v25.0/${mid}`, { access_token: token, fields: FIELDS });
/** The thread as a person sees it. */
const thread = (person = FIRST.username) => call('GET', `/_parlance/people/${person}/messages`, { with: actor('IG_USERNAME') });
/** Whether the person sees that the account is writing. */
const typing = async () => Boolean((await thread()).typing);
/** The person's newest message that the person sees as seen. */
const seen = async () => (await thread()).seen.by_account;
/** One message of it. */
const shown = async (mid, person) => (await thread(person)).data.find(({ id }) => id === mid);
/** The person writes, and so opens the window; answers the id. */
const writes = async (text, person = FIRST.username) => (await call('POST', `/_parlance/people/${person}/messages`, { to: actor('IG_USERNAME'), text })).message_id;

/** The person taps something; answers what the app is told of it. */
async function taps(what) {
  const { message_id: mid } = await call('POST', `/_parlance/people/${FIRST.username}/taps`, { to: actor('IG_USERNAME'), ...what });
  return event(mid);
}

/** Asserts that a send was answered with its two ids and went from the account to this person; answers its three traces. */
async function traces({ recipient_id: recipient, message_id: mid }, to = FIRST) {
  assert.equal(recipient, to.igsid);
  const read = await stored(mid);
  assert.equal(read.id, mid);
  assert.deepEqual(read.from, { id: actor('IG_ID'), username: actor('IG_USERNAME') });
  assert.deepEqual(read.to.data, [{ id: to.igsid, username: to.username }]);
  assert.match(read.created_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
  const { sender, recipient: receiver, message: echo } = await event(mid);
  assert.deepEqual([sender.id, receiver.id, echo.is_echo], [actor('IG_ID'), to.igsid, true]);
  const view = await shown(mid, to.username);
  assert.equal(view.from, actor('IG_USERNAME'));
  return { read, echo, view };
}

/** Asserts that a text arrived as it is. */
async function text(answer, words, to) {
  const { read, echo, view } = await traces(answer, to);
  assert.deepEqual([read.message, echo.text, view.text], [words, words, words]);
  return { read, echo, view };
}

/** Asserts that a question arrived with its text answers, that the first of them can be tapped, and that all are gone then. */
async function question(answer, words, quickReplies) {
  const { view } = await text(answer, words);
  const offered = quickReplies.filter(({ title }) => title);
  assert.deepEqual(view.quick_replies, offered.map(({ title }) => ({ content_type: 'text', title: title.slice(0, 20) })));
  const [{ title, payload }] = offered;
  const { message } = await taps({ quick_reply: title });
  assert.deepEqual([message.text, message.quick_reply], [title, { payload }]);
  assert.equal((await shown(answer.message_id)).quick_replies, undefined);
}

/** Asserts that a private reply arrived, and that the person sees which comment it answers. */
async function privateReply(answer, words, comment, to) {
  const { view } = await text(answer, words, to);
  assert.deepEqual([view.comment.id, view.comment.media_id], [comment, actor('MEDIA_ID')]);
}

const bytes = async (url) => {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return { kind: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) };
};
/** Asserts that an address gives the very bytes that another one gives. */
async function same(url, original) {
  const [copy, given] = [await bytes(url), await bytes(original)];
  assert.equal(copy.kind, given.kind);
  assert.ok(copy.body.equals(given.body), `${url} gives other bytes than ${original}`);
}

/** Asserts that files arrived: each is a pair of its kind and the address of the same bytes. */
async function files(answer, wanted, to) {
  const { read, echo, view } = await traces(answer, to);
  const places = { image: ({ image_data: image }) => image.url, video: ({ video_data: video }) => video.url, audio: (file) => file.file_url, file: (file) => file.file_url };
  assert.equal(read.message, '');
  assert.equal(read.attachments.data.length, wanted.length);
  assert.deepEqual(echo.attachments.map(({ type }) => type), wanted.map(([kind]) => kind));
  assert.deepEqual(view.attachments.map(({ type }) => type), wanted.map(([kind]) => kind));
  for (const [at, [kind, original]] of wanted.entries()) {
    await same(places[kind](read.attachments.data[at]), original);
    await same(echo.attachments[at].payload.url, original);
    await same(view.attachments[at].url, original);
  }
}

/** Asserts that a template arrived whole, and that its postback can be tapped. */
async function template(answer, wanted) {
  const { read, echo, view } = await traces(answer);
  const { template_type: kind, ...content } = wanted;
  assert.equal(read.message, wanted.text || '');
  const titles = { generic: () => content.elements.map(({ title }) => title), button: () => [content.text] }[kind];
  if (titles) assert.deepEqual(read.attachments.data.map(({ generic_template: card }) => card.title), titles());
  else assert.deepEqual(read.shares.data[0].template.payload[kind].elements.data, content.elements);
  assert.deepEqual(echo.attachments, [{ type: 'template', payload: { [kind]: content } }]);
  assert.deepEqual(view.template, wanted);
  const button = (content.buttons || content.elements.flatMap(({ buttons = [] }) => buttons)).find(({ type }) => type === 'postback');
  if (!button) return;
  const { sender, postback } = await taps({ button: button.title, message_id: answer.message_id });
  assert.deepEqual([sender.id, postback.title, postback.payload], [FIRST.igsid, button.title, button.payload]);
}

/** Asserts that the heart arrived. */
async function heart(answer) {
  const { read, echo, view } = await traces(answer);
  assert.equal(read.message, '');
  assert.equal(read.attachments.data[0].image_data.render_as_sticker, true);
  assert.deepEqual([echo.attachments, view.attachments], [[{ type: 'like_heart' }], [{ type: 'like_heart' }]]);
}

/** Asserts that a post of the account arrived. */
async function share(answer, media) {
  const { read, echo, view } = await traces(answer);
  assert.deepEqual(read.shares.data.map(({ id, type }) => [id, type]), [[media, 'ig_post']]);
  assert.deepEqual(echo.attachments.map(({ type, payload }) => [type, payload.ig_post_media_id]), [['ig_post', media]]);
  assert.deepEqual(view.attachments.map(({ type, id }) => [type, id]), [['share', media]]);
}

/** Asserts that a text arrived as the answer to another message. */
async function reply(answer, words, mid, self = false) {
  const { read, echo, view } = await text(answer, words);
  assert.deepEqual(read.reply_to, { mid, is_self_reply: self });
  assert.deepEqual([echo.reply_to.mid, view.reply_to], [mid, mid]);
}

/** Asserts that the business's reaction to a message is this emoji, or that there is none. */
async function reacted(mid, emoji) {
  const { reactions } = await stored(mid);
  const users = [{ username: actor('IG_USERNAME'), id: actor('IG_ID') }];
  assert.deepEqual(reactions && reactions.data, emoji && [{ reaction: emoji, users }]);
  assert.deepEqual((await shown(mid)).reactions, emoji && [{ from: actor('IG_USERNAME'), emoji }]);
}

/** A file's bytes, for clients that upload. */
const load = async (url) => (await bytes(url)).body;

module.exports = { FIRST, STRANGER, same, listen, thread, typing, seen, writes, traces, text, question, privateReply, files, template, heart, share, reply, reacted, load };
