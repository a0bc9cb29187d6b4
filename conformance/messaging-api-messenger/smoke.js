// messaging-api-messenger 1.1.0 (npm): JSON bodies in snake case, multipart for buffers and streams, token in the query,
// appsecret_proof on every call, v6.0.
'use strict';
const assert = require('assert/strict');
const fs = require('fs');
const { MessengerClient, MessengerBatch } = require('messaging-api-messenger');
const { actor, step, call, done } = require('../lib/steps');
const sent = require('../lib/sent');

const [accessToken, appId, appSecret, igsid] = ['TOKEN', 'APP_ID', 'APP_SECRET', 'IGSID'].map(actor);
const client = new MessengerClient({ accessToken, appId, appSecret, origin: actor('GRAPH_URL') });
const appToken = `${appId}|${appSecret}`;

/** Reads a node or an edge through the client's own transport, which turns every key into camel case. */
const read = async (path, params) => (await client.axios.get(path, { params: { access_token: accessToken, ...params } })).data;

/** Asserts that a send went to the person and reads back, text and sender. */
async function arrived({ recipientId, messageId }, text) {
  assert.equal(recipientId, igsid);
  const message = await read(`/${messageId}`, { fields: 'id,message,from,to,created_time' });
  assert.equal(message.id, messageId);
  assert.equal(message.message, text);
  assert.equal(message.from.id, actor('IG_ID'));
  assert.equal(message.to.data[0].id, igsid);
  assert.match(message.createdTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
}

/** Asserts that a call is refused with this code and subcode. */
const refused = (run, code, subcode) => assert.rejects(run, (error) => {
  const { status, data } = error.response;
  assert.ok(status >= 400 && status < 500, `status ${status}`);
  assert.equal(data.error.code, code);
  assert.equal(data.error.errorSubcode, subcode);
  return true;
});

const profile = (field) => read('/me/messenger_profile', { platform: 'instagram', fields: field });
const forget = (field) => client.axios.delete('/me/messenger_profile', {
  params: { access_token: accessToken, platform: 'instagram' }, data: { fields: [field] },
});

const iceBreakers = [{ callToActions: [{ question: 'Opening hours?', payload: 'HOURS' }, { question: 'Où êtes-vous ?', payload: 'WHERE' }], locale: 'default' }];
const persistentMenu = [{
  locale: 'default',
  callToActions: [
    { type: 'postback', title: 'Talk to a person', payload: 'AGENT' },
    { type: 'web_url', title: 'Shop', url: 'https://shop.example.test/a?b=c' },
  ],
}];

const [image, gif, audio, video, file] = ['IMAGE_URL', 'GIF_URL', 'AUDIO_URL', 'VIDEO_URL', 'FILE_URL'].map(actor);
/** The client's answers are in camel case; what is checked everywhere is not. */
const plain = ({ recipientId, messageId, attachmentId, ...more }) => {
  assert.deepEqual(more, {});
  return { recipient_id: recipientId, message_id: messageId, ...(attachmentId && { attachment_id: attachmentId }) };
};
const text = async (answer, words, to) => sent.text(plain(await answer), words, to);
const files = async (answer, wanted, to) => sent.files(plain(await answer), wanted, to);
const acted = async (answer) => assert.deepEqual(await answer, { recipientId: igsid });
const stream = async (url, name) => {
  fs.writeFileSync(name, await sent.load(url));
  return fs.createReadStream(name);
};

/** Files: how the client sends each, and what must arrive. */
const media = [
  ['image by URL', () => client.sendImage(igsid, image), ['image', image]],
  ['animated image by URL', () => client.sendImage(igsid, gif), ['image', gif]],
  ['audio by URL', () => client.sendAudio(igsid, audio), ['audio', audio]],
  ['video by URL', () => client.sendVideo(igsid, video), ['video', video]],
  ['file by URL', () => client.sendFile(igsid, file), ['file', file]],
  ['image upload, multipart', async () => client.sendImage(igsid, await sent.load(image), { filename: 'a.png' }), ['image', image]],
  ['image upload, stream', async () => client.sendImage(igsid, await stream(image, 'stream.png')), ['image', image]],
  ['audio upload, multipart', async () => client.sendAudio(igsid, await sent.load(audio), { filename: 'a.wav' }), ['audio', audio]],
  ['video upload, stream', async () => client.sendVideo(igsid, await stream(video, 'stream.mp4')), ['video', video]],
  ['file upload, multipart', async () => client.sendFile(igsid, await sent.load(file), { filename: 'a.pdf' }), ['file', file]],
];

/** What is refused with 4xx and this code and subcode. */
const picture = { type: 'image', payload: { url: image } };
const refusals = [
  ['refused: text of 1001 bytes', 100, 2534015, () => client.sendText(igsid, 'é'.repeat(500) + '!')],
  ['refused: text beside an attachment', 100, 2534015, () => client.sendMessage(igsid, { text: 'a', attachment: picture })],
  ['refused: fourteen quick replies', 100, 2534015, () => client.sendText(igsid, 'a', { quickReplies: Array.from({ length: 14 }, (_, n) => ({ contentType: 'text', title: `${n}`, payload: `${n}` })) })],
  ['refused: quick replies below an image', 100, 2534015, () => client.sendImage(igsid, image, { quickReplies: [{ contentType: 'text', title: 'A', payload: 'A' }] })],
  ['refused: eleven images', 100, 2534015, () => client.sendMessage(igsid, { attachments: Array(11).fill(picture) })],
  ['refused: eleven cards', 100, 2534015, () => client.sendGenericTemplate(igsid, Array(11).fill({ title: 'a', subtitle: 'b' }))],
  ['refused: four buttons', 100, 2534015, () => client.sendButtonTemplate(igsid, 'a', Array(4).fill({ type: 'postback', title: 'a', payload: 'A' }))],
  ['refused: a call button', 100, 2534015, () => client.sendButtonTemplate(igsid, 'a', [{ type: 'phone_number', title: 'a', payload: '+15550100' }])],
  ['refused: media template', 100, 2534015, () => client.sendMediaTemplate(igsid, [{ mediaType: 'image', url: image }])],
  ['refused: receipt template', 100, 2534015, () => client.sendReceiptTemplate(igsid, { recipientName: 'a', orderNumber: '1', currency: 'EUR', paymentMethod: 'a', summary: { totalCost: 1 } })],
  ['refused: one-time notification', 100, 2534015, () => client.sendOneTimeNotifReqTemplate(igsid, { title: 'a', payload: 'A' })],
  ['refused: a location quick reply', 100, 2534015, () => client.sendText(igsid, 'a', { quickReplies: [{ contentType: 'location' }] })],
  ['refused: thread_control without Conversation Routing', 100, undefined, () => client.sendText(igsid, 'a', { threadControl: { controlType: 'release' } })],
  ['refused: an unknown message to reply to', 100, 2534015, () => client.sendText(igsid, 'a', { replyTo: { mid: 'aWdfZAG1nothing' } })],
  ['refused: message and action in one', 100, 2018014, () => client.sendRawBody({ recipient: { id: igsid }, message: { text: 'a' }, senderAction: 'typing_on' })],
  ['refused: a reaction to an unknown message', 100, undefined, () => client.sendSenderAction(igsid, 'react', { payload: { messageId: 'aWdfZAG1nothing', reaction: 'love' } })],
  ['refused: an address with nothing behind it', 100, 2018008, () => client.sendImage(igsid, `${image}.gone`)],
  ['refused: a document as an image', 100, 2018047, () => client.sendImage(igsid, file)],
  ['refused: an unknown attachment id', 100, 2018074, () => client.sendImage(igsid, { attachmentId: '990000000000001' })],
  ['refused: upload of an address with nothing behind it', 100, 2018008, () => client.uploadVideo(`${video}.gone`)],
  ['refused: upload of a document as an image', 100, 2018047, async () => client.uploadImage(await sent.load(file), { filename: 'a.png' })],
  ['refused: a tag of Messenger', 100, undefined, () => client.sendText(igsid, 'a', { tag: 'ACCOUNT_UPDATE' })],
  ['refused: nobody', 100, 2534014, () => client.sendText('1', 'a')],
  ['refused: the account itself', 100, 2534014, () => client.sendText(actor('IG_ID'), 'a')],
  ['refused: no content', 100, undefined, () => client.sendRawBody({ recipient: { id: igsid } })],
];

(async () => {
  await step('me', async () => {
    const page = await client.getPageInfo({ fields: ['id', 'name'] });
    assert.equal(page.id, actor('PAGE_ID'));
    assert.ok(page.name);
  });
  await step('debug_token', async () => {
    const token = await client.debugToken();
    assert.equal(token.isValid, true);
    assert.equal(token.appId, appId);
    assert.equal(token.type, 'PAGE');
    assert.ok(token.scopes.includes('instagram_manage_messages'));
  });
  await step('user profile', async () => {
    const person = await client.getUserProfile(igsid, { fields: ['name', 'username', 'profile_pic'] });
    assert.equal(person.id, igsid);
    assert.equal(person.username, actor('PERSON'));
    assert.ok(person.name && person.profilePic);
  });
  await step('text, messaging_type RESPONSE', async () =>
    arrived(await client.sendText(igsid, 'héllo \u{1f44b} a/b "c"', { messagingType: 'RESPONSE' }), 'héllo \u{1f44b} a/b "c"'));
  await step('text, messaging_type UPDATE unless told', async () => arrived(await client.sendText(igsid, 'an update'), 'an update'));
  await step('human agent tag', async () => arrived(await client.sendText(igsid, 'later', { tag: 'HUMAN_AGENT' }), 'later'));

  await step('the app hears of its messages', sent.listen);
  await step('quick replies', async () => {
    const quickReplies = [{ contentType: 'text', title: 'Small', payload: 'S' }, { contentType: 'text', title: 'A title of more than twenty', payload: 'L' }, { contentType: 'user_email' }, { contentType: 'user_phone_number' }];
    await sent.question(plain(await client.sendText(igsid, 'Which one?', { messagingType: 'RESPONSE', quickReplies })), 'Which one?', quickReplies);
  });
  for (const [name, run, wanted] of media) await step(name, () => files(run(), [wanted]));
  await step('message_attachments', async () => {
    const { attachmentId } = await client.uploadImage(image, { isReusable: true });
    await files(client.sendImage(igsid, { attachmentId }), [['image', image]]);
    await files(client.sendImage(igsid, { attachmentId }), [['image', image]]);
  });
  await step('message_attachments, multipart', async () => {
    const { attachmentId } = await client.uploadFile(await sent.load(file), { isReusable: true, filename: 'b.pdf' });
    await files(client.sendFile(igsid, { attachmentId }), [['file', file]]);
  });
  await step('an image that is sent and kept', async () => {
    const answer = await client.sendImage(igsid, { url: image, isReusable: true });
    await files(answer, [['image', image]]);
    await files(client.sendImage(igsid, { attachmentId: answer.attachmentId }), [['image', image]]);
  });
  await step('several images in one message', async () => {
    const { attachmentId } = await client.uploadImage(gif, { isReusable: true });
    const attachments = [picture, { type: 'image', payload: { attachmentId } }, picture];
    await files(client.sendMessage(igsid, { attachments }), [['image', image], ['image', gif], ['image', image]]);
  });

  const buttons = [{ type: 'web_url', url: 'https://shop.example.test/k', title: 'Open' }, { type: 'postback', title: 'Ask', payload: 'ASK_K1' }];
  await step('generic template', async () => {
    const elements = [
      { title: 'Blue kettle', subtitle: '1.7 l', image_url: image, default_action: { type: 'web_url', url: 'https://shop.example.test/k' }, buttons },
      { title: 'Red kettle', subtitle: '1 l' },
    ];
    await sent.template(plain(await client.sendGenericTemplate(igsid, elements)), { template_type: 'generic', elements });
  });
  await step('button template', async () =>
    sent.template(plain(await client.sendButtonTemplate(igsid, 'What next?', buttons)), { template_type: 'button', text: 'What next?', buttons }));
  await step('product template', async () => {
    const elements = [{ id: '4455667788990011' }];
    await sent.template(plain(await client.sendTemplate(igsid, { templateType: 'product', elements })), { template_type: 'product', elements });
  });
  await step('like_heart', async () => sent.heart(plain(await client.sendAttachment(igsid, { type: 'like_heart' }))));
  await step('MEDIA_SHARE', async () => sent.share(plain(await client.sendAttachment(igsid, { type: 'MEDIA_SHARE', payload: { id: actor('MEDIA_ID') } })), actor('MEDIA_ID')));
  await step('reply_to', async () => {
    const question = await sent.writes('This one?');
    await sent.reply(plain(await client.sendText(igsid, 'Yes, that one', { replyTo: { mid: question } })), 'Yes, that one', question);
    const { messageId } = await client.sendText(igsid, 'An answer of ours');
    await sent.reply(plain(await client.sendText(igsid, 'and more', { replyTo: { mid: messageId } })), 'and more', messageId, true);
  });
  await step('metadata', async () => text(client.sendMessage(igsid, { text: 'with metadata', metadata: 'ours alone' }), 'with metadata'));
  await step('fields that only Messenger knows are ignored', async () =>
    text(client.sendText(igsid, 'quietly', { notificationType: 'SILENT_PUSH', personaId: '1' }), 'quietly'));

  await step('typing_on', async () => {
    await acted(client.typingOn(igsid));
    assert.equal(await sent.typing(), true);
  });
  await step('typing_off', async () => {
    await acted(client.typingOff(igsid));
    assert.equal(await sent.typing(), false);
  });
  await step('mark_seen', async () => {
    const mid = await sent.writes('Did you see this?');
    await acted(client.markSeen(igsid));
    assert.equal(await sent.seen(), mid);
  });
  await step('react, change, unreact', async () => {
    const messageId = await sent.writes('Thank you!');
    const react = (reaction) => acted(client.sendSenderAction(igsid, 'react', { payload: { messageId, reaction } }));
    await react('love');
    await sent.reacted(messageId, '\u2764\ufe0f');
    await react('\u{1f9f6}');
    await sent.reacted(messageId, '\u{1f9f6}');
    await acted(client.sendSenderAction(igsid, 'unreact', { payload: { messageId } }));
    await sent.reacted(messageId, undefined);
  });

  await step('private reply', async () => {
    const answer = plain(await client.sendRawBody({ recipient: { commentId: actor('COMMENT_ID') }, message: { text: 'About your comment' } }));
    await sent.privateReply(answer, 'About your comment', actor('COMMENT_ID'));
  });
  await step('private reply to a stranger, and nothing more until they answer', async () => {
    const answer = plain(await client.sendRawBody({ recipient: { commentId: actor('COMMENT_ID_STRANGER') }, messagingType: 'RESPONSE', message: { text: 'Thank you!' } }));
    await sent.privateReply(answer, 'Thank you!', actor('COMMENT_ID_STRANGER'), sent.STRANGER);
    await refused(() => client.sendText(sent.STRANGER.igsid, 'too much'), 10, 2534022);
    await sent.writes('You are welcome', sent.STRANGER.username);
    await text(client.sendText(sent.STRANGER.igsid, 'Till soon'), 'Till soon', sent.STRANGER);
  });
  await step('private reply, a second one', () => refused(() => client.sendRawBody({ recipient: { commentId: actor('COMMENT_ID') }, message: { text: 'again' } }), 100, 2534025));
  await step('private reply with a tag', () => refused(() => client.sendRawBody({ recipient: { commentId: actor('COMMENT_ID') }, message: { text: 'again' }, tag: 'HUMAN_AGENT' }), 100, 2534025));
  for (const [name, code, subcode, run] of refusals) await step(name, () => refused(run, code, subcode));
  await step('refused: somebody who never wrote', () => refused(() => client.sendText(actor('IGSID_SILENT'), 'a'), 10, 2534022));
  await step('what was refused was never sent', async () => {
    const before = (await sent.thread()).data[0].id;
    for (const [, , , run] of refusals) await run().catch(() => {});
    assert.equal((await sent.thread()).data[0].id, before);
  });

  await step('ice breakers set', async () =>
    assert.deepEqual(await client.setMessengerProfile({ platform: 'instagram', iceBreakers }), { result: 'success' }));
  await step('ice breakers get', async () => assert.deepEqual((await profile('ice_breakers')).data[0].iceBreakers, iceBreakers));
  await step('without platform the profile is the one of Messenger', async () => {
    assert.ok(!(await client.getIceBreakers()));
    assert.deepEqual(await client.deleteIceBreakers(), { result: 'success' });
    assert.deepEqual((await profile('ice_breakers')).data[0].iceBreakers, iceBreakers);
  });
  await step('ice breakers in the form of 2021', async () => {
    const flat = iceBreakers[0].callToActions;
    assert.deepEqual(await client.setMessengerProfile({ platform: 'instagram', iceBreakers: flat }), { result: 'success' });
    assert.deepEqual((await profile('ice_breakers')).data[0].iceBreakers, iceBreakers);
  });
  await step('persistent menu set', async () =>
    assert.deepEqual(await client.setMessengerProfile({ platform: 'instagram', persistentMenu }), { result: 'success' }));
  await step('persistent menu get', async () => assert.deepEqual((await profile('persistent_menu')).data[0].persistentMenu, persistentMenu));
  await step('ice breakers delete', async () => {
    assert.deepEqual((await forget('ice_breakers')).data, { result: 'success' });
    assert.deepEqual((await profile('ice_breakers')).data, []);
    assert.deepEqual((await profile('persistent_menu')).data[0].persistentMenu, persistentMenu);
  });
  await step('persistent menu delete', async () => {
    assert.deepEqual((await forget('persistent_menu')).data, { result: 'success' });
    assert.deepEqual((await profile('persistent_menu')).data, []);
  });

  await step('app subscriptions', async () => {
    const answer = await client.createSubscription({ object: 'instagram', callbackUrl: actor('CALLBACK'), verifyToken: actor('VERIFY_TOKEN'), fields: ['messages', 'messaging_postbacks'], accessToken: appToken });
    assert.equal(answer.success, true);
  });
  await step('app subscriptions get', async () => {
    const [subscription, ...more] = await client.getSubscriptions({ accessToken: appToken });
    assert.deepEqual(more, []);
    assert.equal(subscription.object, 'instagram');
    assert.equal(subscription.callbackUrl, actor('CALLBACK'));
    assert.equal(subscription.active, true);
    assert.deepEqual(subscription.fields.map((field) => field.name).sort(), ['messages', 'messaging_postbacks']);
  });
  await step('app subscriptions, handshake refused', async () => {
    const wrong = { object: 'instagram', callbackUrl: actor('CALLBACK'), verifyToken: 'another', fields: ['messages'], accessToken: appToken };
    await refused(() => client.createSubscription(wrong), 2200);
    assert.equal((await client.getSubscriptions({ accessToken: appToken }))[0].fields.length, 2, 'the old one stands');
  });

  await step('batch: JSON body, include_headers, bodies url-encoded', async () => {
    const answers = await client.sendBatch([MessengerBatch.sendText(igsid, 'first \u{1f9e3} & more'), MessengerBatch.sendText(igsid, 'second')]);
    assert.deepEqual(answers.map((answer) => answer.code), [200, 200]);
    assert.ok(answers.every((answer) => answer.headers.some((header) => header.name.toLowerCase() === 'content-type')));
    assert.notEqual(answers[0].body.messageId, answers[1].body.messageId);
    await arrived(answers[0].body, 'first \u{1f9e3} & more');
    await arrived(answers[1].body, 'second');
  });
  await step('batch: media, template and action', async () => {
    const answers = await client.sendBatch([
      MessengerBatch.sendImage(igsid, image),
      MessengerBatch.sendGenericTemplate(igsid, [{ title: 'Card', subtitle: 'below it' }]),
      MessengerBatch.typingOn(igsid),
      MessengerBatch.sendText(igsid, 'pick', { quickReplies: [{ contentType: 'text', title: 'A', payload: 'A' }] }),
    ]);
    assert.deepEqual(answers.map(({ code }) => code), [200, 200, 200, 200]);
    await files(answers[0].body, [['image', image]]);
    await sent.template(plain(answers[1].body), { template_type: 'generic', elements: [{ title: 'Card', subtitle: 'below it' }] });
    assert.deepEqual(answers[2].body, { recipientId: igsid });
    await text(answers[3].body, 'pick');
  });
  await step('batch: one bad item leaves the other alone', async () => {
    const [good, bad] = await client.sendBatch([MessengerBatch.sendText(igsid, 'good'), MessengerBatch.sendText('1', 'nobody')]);
    assert.equal(good.code, 200);
    await arrived(good.body, 'good');
    assert.equal(bad.code, 400);
    assert.equal(bad.body.error.code, 100);
  });

  const other = actor('IGSID_OTHER');
  const done200 = async (answer) => assert.deepEqual(await answer, { success: true });
  await step('request_thread_control', () => done200(client.requestThreadControl(other, 'meta')));
  await step('thread owner', async () => {
    const owner = await client.getThreadOwner(other);
    assert.equal(String(owner.appId), appId);
    assert.ok(Number.isInteger(owner.expiration));
  });
  await step('take_thread_control, refused without Conversation Routing', () => refused(() => client.takeThreadControl(other, 'meta'), 27));
  await step('pass_thread_control, and the inbox has the thread', async () => {
    await text(client.sendText(other, 'ours so far'), 'ours so far', { igsid: other, username: actor('OTHER') });
    await done200(client.passThreadControlToPageInbox(other, 'meta'));
    await refused(() => client.sendText(other, 'not ours'), 10, 2018300);
    await refused(() => client.passThreadControlToPageInbox(other, 'meta'), 100, 2534037);
  });

  await step('a closed window takes no plain text, but a human agent', async () => {
    await call('POST', '/_parlance/clock', { advance: '24h1m' });
    await refused(() => client.sendText(igsid, 'too late', { messagingType: 'RESPONSE' }), 10, 2534022);
    await arrived(await client.sendText(igsid, 'still here', { tag: 'HUMAN_AGENT' }), 'still here');
  });
  done();
})();
