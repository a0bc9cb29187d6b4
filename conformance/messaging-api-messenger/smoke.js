// messaging-api-messenger 1.1.0 (npm): JSON bodies in snake case, token in the query, appsecret_proof on every call, v6.0.
'use strict';
const assert = require('assert/strict');
const { MessengerClient, MessengerBatch } = require('messaging-api-messenger');
const { actor, step, waiting, call, done } = require('../lib/steps');

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

/** What later releases serve. Each is run and must still be refused. */
const image = actor('IMAGE_URL');
const waits = [
  { step: 'quick replies', waits_for: 'quick replies (send 1.8)', run: () => client.sendText(igsid, 'pick', { messagingType: 'RESPONSE', quickReplies: [{ contentType: 'text', title: 'A', payload: 'A' }] }) },
  { step: 'image by URL', waits_for: 'media attachments (send 1.5)', run: () => client.sendImage(igsid, image) },
  { step: 'image upload, multipart', waits_for: 'media attachments (send 1.5)', run: async () => client.sendImage(igsid, Buffer.from(await (await fetch(image)).arrayBuffer()), { filename: 'a.png' }) },
  { step: 'message_attachments', waits_for: 'attachment upload (send 1.7)', run: () => client.uploadImage(image, { isReusable: true }) },
  { step: 'generic template', waits_for: 'templates (send 1.6)', run: () => client.sendGenericTemplate(igsid, [{ title: 't', imageUrl: image, buttons: [{ type: 'postback', title: 'b', payload: 'P' }] }]) },
  { step: 'private reply', waits_for: 'private replies (send 3.3)', run: () => client.sendRawBody({ recipient: { commentId: actor('COMMENT_ID') }, message: { text: 're' } }) },
  { step: 'typing_on', waits_for: 'sender actions (send 1.10)', run: () => client.typingOn(igsid) },
  { step: 'mark_seen', waits_for: 'sender actions (send 1.10)', run: () => client.markSeen(igsid) },
  { step: 'thread owner', waits_for: 'thread control (send 1.11)', run: () => client.getThreadOwner(igsid) },
  { step: 'pass_thread_control', waits_for: 'thread control (send 1.11)', run: () => client.passThreadControlToPageInbox(igsid, 'meta') },
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

  await step('ice breakers set', async () =>
    assert.deepEqual(await client.setMessengerProfile({ platform: 'instagram', iceBreakers }), { result: 'success' }));
  await step('ice breakers get', async () => assert.deepEqual((await profile('ice_breakers')).data[0].iceBreakers, iceBreakers));
  await step('without platform the profile is the one of Messenger', async () => {
    assert.ok(!(await client.getIceBreakers()));
    assert.deepEqual(await client.deleteIceBreakers(), { result: 'success' });
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
  await step('batch: one bad item leaves the other alone', async () => {
    const [good, bad] = await client.sendBatch([MessengerBatch.sendText(igsid, 'good'), MessengerBatch.sendText('1', 'nobody')]);
    assert.equal(good.code, 200);
    await arrived(good.body, 'good');
    assert.equal(bad.code, 400);
    assert.equal(bad.body.error.code, 100);
  });

  await waiting(waits);

  await step('a closed window takes no plain text, but a human agent', async () => {
    await call('POST', '/_parlance/clock', { advance: '24h1m' });
    await refused(() => client.sendText(igsid, 'too late', { messagingType: 'RESPONSE' }), 10, 2534022);
    await arrived(await client.sendText(igsid, 'still here', { tag: 'HUMAN_AGENT' }), 'still here');
  });
  done();
})();
