// facebook-nodejs-business-sdk 24.0.1 (npm), Meta's own SDK: JSON bodies with an `id` added, token in the query, v24.0, upper-case
// constants. It has no option for the server: GRAPH is a getter of its class, which is set from here. It drops the files of an
// upload (24.0.1 sends the request without any body then), so what it sends goes by URL and by attachment_id.
'use strict';
const assert = require('assert/strict');
const sdk = require('facebook-nodejs-business-sdk');
const { actor, step, waiting, call, done } = require('../lib/steps');
const sent = require('../lib/sent');

const { FacebookAdsApi, FacebookAdsApiBatch, IGComment, IGMedia, IGUser, IGUserForIGOnlyAPI, Page, UnifiedThread } = sdk;
Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => actor('GRAPH_URL') });
const pageApi = FacebookAdsApi.init(actor('TOKEN'), 'en_US', false);
const instagramApi = new FacebookAdsApi(actor('IG_TOKEN'), 'en_US', false);

// The SDK writes an answer into the node that was asked, so each call gets a node of its own.
const page = () => new Page(actor('PAGE_ID'), {}, undefined, pageApi);
const account = () => new IGUserForIGOnlyAPI(actor('IG_ID'), {}, undefined, instagramApi);
const [igsid, other] = ['IGSID', 'IGSID_OTHER'].map(actor);
const recipient = { id: igsid };
const INSTAGRAM = { platform: Page.Platform.instagram };
const { response: RESPONSE, update: UPDATE, message_tag: MESSAGE_TAG, utility: UTILITY } = Page.MessagingType;
const kinds = { image: actor('IMAGE_URL'), audio: actor('AUDIO_URL'), video: actor('VIDEO_URL'), file: actor('FILE_URL') };

/** What the server answered; the node's own id, which the SDK puts beside it, is left out. */
const answered = ({ _data: { id, ...answer } }) => answer;
const send = async (params, node = page()) => answered(await node.createMessage([], { recipient, ...params }));
const write = (message, params) => send({ messaging_type: RESPONSE, message, ...params });
const attach = (type, payload) => write({ attachment: { type, ...(payload && { payload }) } });
const upload = async (type, url, node = page(), more = INSTAGRAM) =>
  answered(await node.createMessageAttachment([], { ...more, message: { attachment: { type, payload: { url, is_reusable: true } } } })).attachment_id;
const act = (name, payload) => send({ sender_action: Page.SenderAction[name], ...(payload && { payload }) });
const acted = async (answer) => assert.deepEqual(await answer, { recipient_id: igsid });
const moderate = async (ids, ...actions) => answered(await page().createModerateConversation([], { user_ids: ids.map((id) => ({ id })), actions }));

/** How the SDK tells of a refusal. */
const refusal = ({ status, response }) => ({ status, ...response });
const refused = (run, code, subcode, { status = 400, type = 'OAuthException' } = {}) => assert.rejects(run, (error) => {
  const told = refusal(error);
  assert.deepEqual([told.status, told.type, told.code, told.error_subcode], [status, type, code, subcode], told.message || String(error.stack));
  assert.equal(error.message, told.message);
  assert.ok(told.message && told.fbtrace_id);
  return true;
});

const buttons = [{ type: 'web_url', url: 'https://shop.example.test/k', title: 'Open' }, { type: 'postback', title: 'Ask', payload: 'ASK_K1' }];
const template = (payload) => ({ attachment: { type: 'template', payload } });
const templates = [
  { template_type: 'generic', elements: [{ title: 'Blue kettle', subtitle: '1.7 l', image_url: kinds.image, default_action: { type: 'web_url', url: 'https://shop.example.test/k' }, buttons }, { title: 'Red kettle', buttons }] },
  { template_type: 'button', text: 'What next?', buttons },
  { template_type: 'product', elements: [{ id: '4455667788990011' }] },
];

const refusals = [
  ['refused: text of 1001 bytes', 100, 2534015, () => write({ text: 'x'.repeat(1001) })],
  ['refused: blank text', 100, undefined, () => write({ text: ' \n' })],
  ['refused: a utility message', 100, undefined, () => write({ text: 'a' }, { messaging_type: UTILITY })],
  ['refused: an opt-in for marketing', 100, 2534015, () => write(template({ template_type: 'notification_messages', title: 'a', payload: 'A' }))],
  ['refused: a token of marketing', 100, 2534014, () => write({ text: 'a' }, { recipient: { notification_messages_token: '1' } })],
  ['refused: a card of a title alone', 100, 2534015, () => write(template({ template_type: 'generic', elements: [{ title: 'a' }] }))],
  ['refused: a template without buttons', 100, 2534015, () => write(template({ template_type: 'button', text: 'a', buttons: [] }))],
  ['refused: two files that are no images', 100, 2534015, () => write({ attachments: Array(2).fill({ type: 'file', payload: { url: kinds.file } }) })],
  ['refused: a sticker of Messenger', 100, 2534015, () => write({ sticker_id: 369239263222822 })],
  ['refused: message and action in one', 100, 2018014, () => write({ text: 'a' }, { sender_action: Page.SenderAction.mark_seen })],
  ['refused: a picture as a document', 100, 2018047, () => attach('file', { url: kinds.image })],
  ['refused: an unknown attachment id', 100, 2018074, () => attach('video', { attachment_id: '990000000000001' })],
  ['refused: an unknown message to reply to', 100, 2534015, () => write({ text: 'a' }, { reply_to: { mid: 'aWdfZAG1nothing' } })],
  ['refused: a reaction to an unknown message', 100, undefined, () => act('react', { message_id: 'aWdfZAG1nothing', reaction: 'love' })],
  ['refused: an unknown action', 100, undefined, () => send({ sender_action: 'WAVE' })],
  ['refused: nobody', 100, 2534014, () => write({ text: 'a' }, { recipient: { id: '1' } })],
  ['refused: a thread', 100, 2534014, () => write({ text: 'a' }, { recipient: { thread_id: '1' } })],
  ['refused: an unknown comment', 100, 2534025, () => write({ text: 'a' }, { recipient: { comment_id: '17900000000009999' } })],
];

const COMMENTS = 'comments (read 4.2, 4.3)';
const waits = [
  ['comment reply', () => new IGComment(actor('COMMENT_ID')).createReply([], { message: 'thanks' })],
  ['media comments', () => new IGMedia(actor('MEDIA_ID')).getComments(['id', 'text'])],
].map(([name, run]) => ({ step: name, waits_for: COMMENTS, run }));

(async () => {
  await step('the app hears of its messages', sent.listen);
  await step('nodes: page, account', async () => {
    const { _data: found } = await page().get(['id', 'name']);
    assert.equal(found.id, actor('PAGE_ID'));
    assert.ok(found.name);
    assert.equal((await new IGUser(actor('IG_ID')).get(['id', 'username']))._data.username, actor('IG_USERNAME'));
  });
  await step('debug_token', async () => assert.equal((await pageApi.getAppID()).data.data.app_id, actor('APP_ID')));
  await step('createMessage', async () => sent.text(await write({ text: 'héllo \u{1f44b}' }), 'héllo \u{1f44b}'));
  await step('createMessage, UPDATE', async () => sent.text(await write({ text: 'an update' }, { messaging_type: UPDATE }), 'an update'));
  await step('quick replies', async () => {
    const quick_replies = Array.from({ length: 13 }, (_, n) => ({ content_type: 'text', title: `Size ${n}`, payload: `S${n}` }));
    await sent.question(await write({ text: 'Which one?', quick_replies }), 'Which one?', quick_replies);
  });
  for (const [type, url] of Object.entries(kinds)) {
    await step(`${type} by URL`, async () => sent.files(await attach(type, { url }), [[type, url]]));
    await step(`${type}, createMessageAttachment and send`, async () => {
      const attachment_id = await upload(type, url);
      await sent.files(await attach(type, { attachment_id }), [[type, url]]);
    });
  }
  await step('several images in one message', async () => {
    const attachment_id = await upload('image', actor('GIF_URL'));
    const attachments = [{ type: 'image', payload: { attachment_id } }, { type: 'image', payload: { url: kinds.image } }];
    await sent.files(await write({ attachments }), [['image', actor('GIF_URL')], ['image', kinds.image]]);
  });
  for (const payload of templates) await step(`${payload.template_type} template`, async () => sent.template(await write(template(payload)), payload));
  await step('like_heart', async () => sent.heart(await attach('like_heart')));
  await step('MEDIA_SHARE', async () => sent.share(await attach('MEDIA_SHARE', { id: actor('MEDIA_ID') }), actor('MEDIA_ID')));
  await step('reply_to', async () => {
    const mid = await sent.writes('This one?');
    await sent.reply(await write({ text: 'Yes, that one' }, { reply_to: { mid } }), 'Yes, that one', mid);
  });
  await step('sender actions, upper case', async () => {
    const mid = await sent.writes('Are you writing?');
    await acted(act('mark_seen'));
    assert.equal(await sent.seen(), mid);
    await acted(act('typing_on'));
    assert.equal(await sent.typing(), true);
    await acted(act('typing_off'));
    assert.equal(await sent.typing(), false);
    await acted(act('react', { message_id: mid, reaction: '\u{1f9f6}' }));
    await sent.reacted(mid, '\u{1f9f6}');
    await acted(act('unreact', { message_id: mid }));
    await sent.reacted(mid, undefined);
  });
  await step('payload of a reaction as a JSON text', async () => {
    const mid = await sent.writes('And now?');
    await acted(act('react', JSON.stringify({ message_id: mid, reaction: 'love' })));
    await sent.reacted(mid, '\u2764\ufe0f');
  });
  await step('private reply', async () => {
    const answer = await write({ text: 'About your comment' }, { recipient: { comment_id: actor('COMMENT_ID') } });
    await sent.privateReply(answer, 'About your comment', actor('COMMENT_ID'));
    await refused(() => write({ text: 'again' }, { recipient: { comment_id: actor('COMMENT_ID') } }), 100, 2534025);
  });
  for (const [name, code, subcode, run] of refusals) await step(name, () => refused(run, code, subcode));

  const iceBreakers = [{ call_to_actions: [{ question: 'Opening hours?', payload: 'HOURS' }], locale: 'default' }, { call_to_actions: [{ question: 'Öffnungszeiten?', payload: 'HOURS' }], locale: 'de_DE' }];
  const profile = async (fields) => (await page().getMessengerProfile(fields, { ...INSTAGRAM })).map(({ _data }) => _data);
  await step('messenger_profile set, get', async () => {
    const persistentMenu = [{ locale: 'default', call_to_actions: buttons }];
    assert.deepEqual(answered(await page().createMessengerProfile([], { ...INSTAGRAM, ice_breakers: iceBreakers, persistent_menu: persistentMenu })), { result: 'success' });
    const [found, ...more] = await profile(['ice_breakers', 'persistent_menu']);
    assert.deepEqual(more, []);
    assert.deepEqual([found.ice_breakers, found.persistent_menu], [iceBreakers, persistentMenu]);
  });
  await step('messenger_profile, form of 2021', async () => {
    assert.deepEqual(answered(await page().createMessengerProfile([], { ...INSTAGRAM, ice_breakers: iceBreakers[0].call_to_actions })), { result: 'success' });
    assert.deepEqual((await profile(['ice_breakers']))[0].ice_breakers, iceBreakers.slice(0, 1));
  });
  await step('messenger_profile delete (upper-case field names)', async () => {
    assert.deepEqual(await page().deleteMessengerProfile({ ...INSTAGRAM, fields: ['ICE_BREAKERS', 'PERSISTENT_MENU'] }), { result: 'success' });
    assert.deepEqual(await profile(['ice_breakers', 'persistent_menu']), []);
  });
  await step('moderate_conversations (upper-case actions)', async () => {
    const { block_user: BLOCK, unblock_user: UNBLOCK, move_to_spam: SPAM, ban_user: BAN } = Page.Actions;
    const hello = () => write({ text: 'Hello again' }, { recipient: { id: other } });
    assert.deepEqual(await moderate([other], BLOCK, SPAM), { success: true });
    await refused(hello, 551, 1545041);
    assert.deepEqual(await moderate([other], UNBLOCK), { success: true });
    await sent.text(await hello(), 'Hello again', { igsid: other, username: actor('OTHER') });
    await refused(() => moderate([other], BAN), 100);
    await refused(() => moderate([other], BLOCK, UNBLOCK), 100);
    await refused(() => moderate(['1'], BLOCK), 100);
  });
  const flow = [{ message: { text: 'You saw our ad. What now?', quick_replies: [{ content_type: 'text', title: 'Prices', payload: 'PRICES' }] } }];
  const flows = async (node, params = {}) => (await node.getWelcomeMessageFlows(['id', 'name', 'welcome_message_flow', 'eligible_platforms'], params)).map(({ _data }) => _data);
  const parsed = (value) => (typeof value === 'string' ? JSON.parse(value) : value);
  const lifeOfFlow = async (node, platform) => {
    const { flow_id: id, ...more } = answered(await node().createWelcomeMessageFlow([], { name: 'Spring', welcome_message_flow: flow, eligible_platforms: [platform] }));
    assert.deepEqual(more, {});
    const [found] = await flows(node(), { flow_id: id });
    assert.deepEqual([found.id, found.name, parsed(found.welcome_message_flow)], [id, 'Spring', flow]);
    assert.deepEqual(found.eligible_platforms.map((name) => name.toLowerCase()), ['instagram']);
    assert.equal(answered(await node().createWelcomeMessageFlow([], { flow_id: id, name: 'Summer', welcome_message_flow: flow, eligible_platforms: [platform] })).success, true);
    assert.deepEqual((await flows(node())).map(({ name }) => name), ['Summer']);
    assert.deepEqual(await node().deleteWelcomeMessageFlows({ flow_id: id }), { success: true });
    assert.deepEqual(await flows(node()), []);
  };
  await step('welcome_message_flows', () => lifeOfFlow(page, 'INSTAGRAM'));

  await step('conversations and messages', async () => {
    const threads = await page().getConversations(['id', 'updated_time'], { ...INSTAGRAM, limit: 1 });
    const first = threads[0].id;
    assert.ok(threads.hasNext());
    assert.notEqual((await threads.next())[0].id, first, 'next() follows paging.next as it was given');
    const [thread] = await page().getConversations(['id'], { ...INSTAGRAM, user_id: igsid });
    const node = (await new UnifiedThread(thread.id).get(['id', 'updated_time']))._data;
    assert.equal(node.id, thread.id);
    assert.match(node.updated_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    const messages = await new UnifiedThread(thread.id).getMessages(['id', 'message', 'attachments', 'from'], { limit: 20 });
    const view = (await sent.thread()).data.slice(0, 20);
    assert.deepEqual(messages.map(({ id }) => id), view.map(({ id }) => id));
  });
  await step('thread control', async () => {
    const to = { recipient: { id: other } };
    const owner = async () => (await page().getThreadOwner([], { recipient: other })).map(({ _data }) => _data.thread_owner);
    const success = async (call) => assert.deepEqual(answered(await call), { success: true });
    // The moderated thread was written to, which claimed it.
    await success(page().createReleaseThreadControl([], to));
    await success(page().createRequestThreadControl([], to));
    assert.deepEqual((await owner()).map(({ app_id: app }) => String(app)), [actor('APP_ID')]);
    await success(page().createExtendThreadControl([], { ...to, duration: 60 }));
    await success(page().createReleaseThreadControl([], to));
    assert.deepEqual(await owner(), []);
    await refused(() => page().createTakeThreadControl([], to), 27);
    await success(page().createPassThreadControl([], { ...to, target_app_id: '263902037430900', metadata: 'for a human' }));
    await refused(() => write({ text: 'not ours' }, to), 10, 2018300);
  });
  await step('subscribed_apps', async () => {
    assert.deepEqual(answered(await page().createSubscribedApp([], { subscribed_fields: ['messages', 'messaging_postbacks'] })), { success: true });
    const apps = (await page().getSubscribedApps(['id', 'subscribed_fields'])).map(({ _data }) => _data);
    assert.deepEqual(apps.map(({ id, subscribed_fields: fields }) => [id, [...fields].sort()]), [[actor('APP_ID'), ['messages', 'messaging_postbacks']]]);
  });
  await step('batch of un-encoded bodies', async () => {
    const [batch, answers] = [new FacebookAdsApiBatch(pageApi), []];
    const keep = (answer) => answers.push(answer);
    batch.add('POST', [actor('PAGE_ID'), 'messages'], { recipient, message: { text: 'from a batch' } }, undefined, keep, keep);
    batch.add('POST', [actor('PAGE_ID'), 'messages'], { recipient, message: { attachment: { type: 'image', payload: { url: kinds.image } } } }, undefined, keep, keep);
    batch.add('POST', [actor('PAGE_ID'), 'messages'], { recipient: { id: '1' }, message: { text: 'nobody' } }, undefined, keep, keep);
    assert.equal(await batch.execute(), null);
    assert.deepEqual(answers.map(({ isSuccess }) => isSuccess), [true, true, false]);
    await sent.text(answers[0].body, 'from a batch');
    await sent.files(answers[1].body, [['image', kinds.image]]);
    const { code, error_subcode: subcode } = answers[2].error.response.error;
    assert.deepEqual([code, subcode], [100, 2534014]);
  });

  // The account node of the Instagram Login API, with its token: no platform parameter, answers and errors in that host's manner.
  const instagram = { type: 'IGApiException' };
  await step('Instagram User token: createMessage', async () =>
    sent.text(await send({ message: { text: 'by instagram login' } }, account()), 'by instagram login'));
  await step('Instagram User token: createMessageAttachment and send', async () => {
    const attachment_id = await upload('video', kinds.video, account(), {});
    await sent.files(await send({ message: { attachment: { type: 'video', payload: { attachment_id } } } }, account()), [['video', kinds.video]]);
  });
  await step('Instagram User token: messenger_profile', async () => {
    assert.deepEqual(answered(await account().createMessengerProfile([], { ice_breakers: iceBreakers.slice(0, 1) })), { success: true });
    assert.deepEqual((await account().getMessengerProfile(['ice_breakers']))[0]._data.ice_breakers, iceBreakers.slice(0, 1));
    assert.deepEqual(await account().deleteMessengerProfile({ fields: ['ICE_BREAKERS'] }), { success: true });
  });
  await step('Instagram User token: welcome_message_flows', () => lifeOfFlow(account, 'instagram'));
  await step('Instagram User token: refused', async () => {
    await refused(() => send({ message: { text: 'x'.repeat(1001) } }, account()), 100, 2534015, instagram);
    await refused(() => send({ recipient: { id: actor('IGSID_SILENT') }, message: { text: 'a' } }, account()), 10, 2534022, { status: 403, ...instagram });
  });

  await waiting(waits, refusal);

  await step('a closed window takes no plain text, but a human agent', async () => {
    await call('POST', '/_parlance/clock', { advance: '24h1m' });
    await refused(() => write({ text: 'too late' }), 10, 2534022, { status: 403 });
    await sent.text(await write({ text: 'still here' }, { messaging_type: MESSAGE_TAG, tag: 'HUMAN_AGENT' }), 'still here');
  });
  await step('a human agent has seven days', async () => {
    await call('POST', '/_parlance/clock', { advance: '144h' });
    await refused(() => write({ text: 'much too late' }, { messaging_type: MESSAGE_TAG, tag: 'HUMAN_AGENT' }), 10, 2534022, { status: 403 });
  });
  done();
})();
