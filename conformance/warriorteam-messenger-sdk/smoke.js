// @warriorteam/messenger-sdk 1.5.8 (npm): fetch, JSON bodies, token in the query, v23.0, no platform parameter anywhere; it puts
// messaging_type beside a sender_action. Its `baseUrl` option names the server; a token may be given with each call.
'use strict';
const assert = require('assert/strict');
const { Messenger } = require('@warriorteam/messenger-sdk');
const { actor, step, call, done } = require('../lib/steps');
const sent = require('../lib/sent');

const messenger = new Messenger({ accessToken: actor('TOKEN'), baseUrl: actor('GRAPH_URL') });
const [igsid, other] = ['IGSID', 'IGSID_OTHER'].map(actor);
const recipient = { id: igsid };
const byInstagram = { accessToken: actor('IG_TOKEN') };
const kinds = { image: actor('IMAGE_URL'), audio: actor('AUDIO_URL'), video: actor('VIDEO_URL'), file: actor('FILE_URL') };

/** Anything that is sent as one message, with the members beside it that the client passes on as they are. */
const message = (content, more = {}, options) => messenger.send.message({ recipient, messaging_type: 'RESPONSE', message: content, ...more }, options);
const attach = (type, payload) => message({ attachment: { type, ...(payload && { payload }) } });

/** Asserts that a call is refused, and that the client's own error keeps every part of the answer. */
const refused = (run, code, subcode, { status = 400, type = 'OAuthException' } = {}) => assert.rejects(run, (error) => {
  assert.equal(error.name, 'MessengerAPIError', String(error.stack));
  assert.deepEqual([error.statusCode, error.type, error.code, error.subcode], [status, type, code, subcode], error.message);
  assert.ok(error.message && error.fbtrace_id);
  return true;
});
const acted = async (answer) => assert.deepEqual(await answer, { recipient_id: igsid });

const buttons = [{ type: 'web_url', url: 'https://shop.example.test/k', title: 'Open' }, { type: 'postback', title: 'Ask', payload: 'ASK_K1' }];
const refusals = [
  ['refused: text of 1001 bytes', 100, 2534015, () => message({ text: 'x'.repeat(1001) })],
  ['refused: an empty message', 100, undefined, () => message({})],
  ['refused: text beside an attachment', 100, 2534015, () => message({ text: 'a', attachment: { type: 'image', payload: { url: kinds.image } } })],
  ['refused: a story reply as an attachment', 100, 2534015, () => attach('story_mention', { url: kinds.image })],
  ['refused: media template', 100, 2534015, () => messenger.templates.media({ recipient, element: { media_type: 'image', url: 'https://shop.example.test/k.png' } })],
  ['refused: a call button', 100, 2534015, () => messenger.templates.button({ recipient, text: 'a', buttons: [{ type: 'phone_number', title: 'a', payload: '+15550100' }] })],
  ['refused: a document as an image', 100, 2018047, () => messenger.send.attachmentFromUrl({ recipient, type: 'image', url: kinds.file })],
  ['refused: an address with nothing behind it', 100, 2018008, () => messenger.send.attachmentFromUrl({ recipient, type: 'audio', url: `${kinds.audio}.gone` })],
  ['refused: upload of a document as a video', 100, 2018047, () => messenger.attachments.upload({ type: 'video', url: kinds.file })],
  ['refused: an unknown attachment id', 100, 2018074, () => messenger.send.attachment({ recipient, type: 'image', attachment_id: '990000000000001' })],
  ['refused: a post of nobody', 100, 2534015, () => attach('MEDIA_SHARE', { id: '17990000000000001' })],
  ['refused: nobody', 100, 2534014, () => messenger.send.message({ recipient: { id: '1' }, messaging_type: 'RESPONSE', message: { text: 'a' } })],
  ['refused: a visitor post', 100, 2534014, () => messenger.send.message({ recipient: { post_id: '1_2' }, messaging_type: 'RESPONSE', message: { text: 'a' } })],
  ['refused: a phone number', 100, 2534014, () => messenger.send.message({ recipient: { phone_number: '+15550100' }, messaging_type: 'RESPONSE', message: { text: 'a' } })],
  ['refused: two recipients in one', 100, undefined, () => messenger.send.message({ recipient: { id: igsid, comment_id: actor('COMMENT_ID') }, messaging_type: 'RESPONSE', message: { text: 'a' } })],
  ['refused: MESSAGE_TAG without a tag', 100, undefined, () => message({ text: 'a' }, { messaging_type: 'MESSAGE_TAG' })],
  ['refused: a tag of Messenger', 100, undefined, () => messenger.templates.generic({ recipient, elements: [{ title: 'a', subtitle: 'b' }], messaging_type: 'MESSAGE_TAG', tag: 'CONFIRMED_EVENT_UPDATE' })],
];

(async () => {
  await step('the app hears of its messages', sent.listen);
  await step('text', async () => sent.text(await message({ text: 'héllo \u{1f44b}' }), 'héllo \u{1f44b}'));
  await step('quick replies', async () => {
    const quick_replies = [{ content_type: 'text', title: 'Small', payload: 'S' }, { content_type: 'user_phone_number' }, { content_type: 'user_email' }];
    await sent.question(await message({ text: 'Which one?', quick_replies }), 'Which one?', quick_replies);
  });
  await step('metadata', async () => sent.text(await message({ text: 'with metadata', metadata: 'ours alone' }), 'with metadata'));
  await step('an image that is sent and kept', async () => {
    const { attachment_id, ...answer } = await attach('image', { url: kinds.image, is_reusable: true });
    await sent.files(answer, [['image', kinds.image]]);
    await sent.files(await messenger.send.attachment({ recipient, type: 'image', attachment_id }), [['image', kinds.image]]);
  });
  await step('several images in one message', async () => {
    const attachments = Array(10).fill({ type: 'image', payload: { url: kinds.image } });
    await sent.files(await message({ attachments }), Array(10).fill(['image', kinds.image]));
  });
  await step('generic template', async () => {
    const element = { title: 'Blue kettle', subtitle: '1.7 l', image_url: 'https://shop.example.test/k.png', default_action: { type: 'web_url', url: 'https://shop.example.test/k' }, buttons };
    const elements = [element, { title: 'Red kettle', subtitle: '1 l' }];
    await sent.template(await messenger.templates.generic({ recipient, elements, image_aspect_ratio: 'square', notification_type: 'NO_PUSH' }), { template_type: 'generic', elements });
  });
  await step('button template', async () =>
    sent.template(await messenger.templates.button({ recipient, text: 'What next?', buttons }), { template_type: 'button', text: 'What next?', buttons }));
  await step('product template', async () => {
    const elements = [{ id: '4455667788990011' }, { id: '4455667788990012' }];
    await sent.template(await messenger.templates.product({ recipient, elements }), { template_type: 'product', elements });
  });
  await step('like_heart', async () => sent.heart(await attach('like_heart')));
  await step('MEDIA_SHARE', async () => sent.share(await attach('MEDIA_SHARE', { id: actor('MEDIA_ID') }), actor('MEDIA_ID')));
  await step('reply_to', async () => {
    const mid = await sent.writes('This one?');
    await sent.reply(await message({ text: 'Yes, that one' }, { reply_to: { mid } }), 'Yes, that one', mid);
  });

  await step('profile', async () => {
    const person = await messenger.profile.get({ psid: igsid, fields: ['name', 'username', 'profile_pic'] });
    assert.equal(person.username, actor('PERSON'));
    assert.ok(person.name && person.profile_pic);
  });
  await step('conversations, page by page', async () => {
    const page = actor('PAGE_ID');
    const first = await messenger.conversations.list(page, { platform: 'instagram', limit: 1 });
    const second = await messenger.conversations.list(page, { platform: 'instagram', limit: 1, after: first.paging.cursors.after });
    assert.deepEqual([first.data.length, second.data.length], [1, 1]);
    assert.notEqual(first.data[0].id, second.data[0].id);
    const id = await messenger.conversations.findByUser(page, igsid, 'instagram');
    const thread = await messenger.conversations.get(id, { fields: ['id', 'updated_time', 'participants'] });
    assert.equal(thread.id, id);
    assert.ok(thread.participants.data.some((person) => person.id === igsid));
    // Its limit stands beside `fields=messages` here, too.
    assert.ok((await messenger.conversations.getMessages(id, { limit: 2 })).data.length > 0);
  });

  // The client's limit of 20 stands beside `fields=messages` and not in it, so that it asks for up to 25: the thread has 20 here.
  await step('each recent message by its id', async () => {
    const id = await messenger.conversations.findByUser(actor('PAGE_ID'), igsid, 'instagram');
    const messages = await messenger.conversations.getRecentMessages(id);
    assert.equal(messages.length, 20);
    const view = (await sent.thread()).data.slice(0, 20);
    assert.deepEqual(messages.map((one) => one.id), view.map((one) => one.id));
    assert.ok(messages.every((one) => typeof one.message === 'string' && one.from.username && one.created_time));
  });

  for (const [type, url] of Object.entries(kinds)) {
    await step(`${type} by URL`, async () => sent.files(await messenger.send.attachmentFromUrl({ recipient, type, url }), [[type, url]]));
    await step(`${type} uploaded, then sent by its id`, async () => {
      const { attachment_id, ...more } = await messenger.attachments.upload({ type, url });
      assert.deepEqual(more, {});
      assert.match(attachment_id, /^\d{15,16}$/);
      await sent.files(await messenger.send.attachment({ recipient, type, attachment_id }), [[type, url]]);
      await sent.files(await messenger.send.attachment({ recipient, type, attachment_id }), [[type, url]]);
    });
  }

  await step('typing_on, with messaging_type beside it', async () => {
    await acted(messenger.send.typingOn(igsid));
    assert.equal(await sent.typing(), true);
  });
  await step('typing_off', async () => {
    await acted(messenger.send.setTyping(igsid, false));
    assert.equal(await sent.typing(), false);
  });
  await step('a message ends the typing', async () => {
    await acted(messenger.send.setTyping(igsid, true));
    await message({ text: 'written' });
    assert.equal(await sent.typing(), false);
  });
  await step('mark_seen', async () => {
    const mid = await sent.writes('Did you see this?');
    await acted(messenger.send.markRead(igsid));
    assert.equal(await sent.seen(), mid);
  });
  await step('react, change, unreact', async () => {
    const messageId = await sent.writes('Thank you!');
    await acted(messenger.send.addReaction(igsid, { messageId, emoji: 'love' }));
    await sent.reacted(messageId, '\u2764\ufe0f');
    await acted(messenger.send.addReaction(igsid, { messageId, emoji: '\u{1f525}' }));
    await sent.reacted(messageId, '\u{1f525}');
    await acted(messenger.send.removeReaction(igsid, messageId));
    await sent.reacted(messageId, undefined);
  });

  await step('private reply', async () => {
    const answer = await messenger.send.message({ recipient: { comment_id: actor('COMMENT_ID') }, messaging_type: 'RESPONSE', message: { text: 'About your comment' } });
    await sent.privateReply(answer, 'About your comment', actor('COMMENT_ID'));
    await refused(() => messenger.send.message({ recipient: { comment_id: actor('COMMENT_ID') }, messaging_type: 'RESPONSE', message: { text: 'again' } }), 100, 2534025);
  });
  for (const [name, code, subcode, run] of refusals) await step(name, () => refused(run, code, subcode));
  await step('refused: somebody who never wrote', () =>
    refused(() => messenger.send.message({ recipient: { id: actor('IGSID_SILENT') }, messaging_type: 'RESPONSE', message: { text: 'a' } }), 10, 2534022, { status: 403 }));

  await step('block, unblock', async () => {
    const write = () => messenger.send.message({ recipient: { id: other }, messaging_type: 'RESPONSE', message: { text: 'Hello again' } });
    assert.deepEqual(await messenger.moderation.blockUser(other), { success: true });
    await refused(write, 551, 1545041);
    assert.deepEqual(await messenger.moderation.unblockUser([other]), { success: true });
    await sent.text(await write(), 'Hello again', { igsid: other, username: actor('OTHER') });
  });
  await step('move to spam, alone and with a block', async () => {
    assert.deepEqual(await messenger.moderation.moveToSpam([other]), { success: true });
    assert.deepEqual(await messenger.moderation.blockAndSpam(other), { success: true });
    assert.deepEqual(await messenger.moderation.unblockUser(other), { success: true });
  });
  await step('moderation, refused', async () => {
    await refused(() => messenger.moderation.banUser(other), 100, undefined);
    await refused(() => messenger.moderation.blockUser('1'), 100, undefined);
    await refused(() => messenger.moderation.blockUser(Array(11).fill(other)), 100, undefined);
    await refused(() => messenger.moderation.moderate({ user_ids: [{ id: other }], actions: ['block_user', 'unblock_user'] }), 100, undefined);
  });

  // The same client with the token that Instagram Login gives: `me` is the account, and errors are in that host's manner.
  const instagram = { type: 'IGApiException' };
  await step('Instagram User token: text', async () => sent.text(await message({ text: 'by instagram login' }, {}, byInstagram), 'by instagram login'));
  await step('Instagram User token: upload, then send', async () => {
    const { attachment_id } = await messenger.attachments.upload({ type: 'image', url: kinds.image }, byInstagram);
    await sent.files(await messenger.send.attachment({ recipient, type: 'image', attachment_id }, byInstagram), [['image', kinds.image]]);
  });
  await step('Instagram User token: typing_on', () => acted(messenger.send.typingOn(igsid, byInstagram)));
  await step('Instagram User token: private reply to a stranger, and nothing more until they answer', async () => {
    const reply = { recipient: { comment_id: actor('COMMENT_ID_STRANGER') }, messaging_type: 'RESPONSE', message: { text: 'Thank you!' } };
    await sent.privateReply(await messenger.send.message(reply, byInstagram), 'Thank you!', actor('COMMENT_ID_STRANGER'), sent.STRANGER);
    await refused(() => messenger.send.message(reply, byInstagram), 100, 2534025, instagram);
    const more = { recipient: { id: sent.STRANGER.igsid }, messaging_type: 'RESPONSE', message: { text: 'Till soon' } };
    await refused(() => messenger.send.message(more, byInstagram), 10, 2534022, { status: 403, ...instagram });
    await sent.writes('You are welcome', sent.STRANGER.username);
    await sent.text(await messenger.send.message(more, byInstagram), 'Till soon', sent.STRANGER);
  });
  await step('Instagram User token: invalid message data', () => refused(() => message({ text: 'x'.repeat(1001) }, {}, byInstagram), 100, 2534015, instagram));

  await step('a closed window takes no template, but a human agent', async () => {
    await call('POST', '/_parlance/clock', { advance: '24h1m' });
    const write = (more) => messenger.templates.button({ recipient, text: 'Still there?', buttons, messaging_type: 'RESPONSE', ...more });
    await refused(() => write(), 10, 2534022, { status: 403 });
    await refused(() => messenger.send.typingOn(igsid), 10, 2534022, { status: 403 });
    await sent.traces(await write({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }));
  });
  done();
})();
