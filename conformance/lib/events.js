// What people and a business do that an app is told of: how to cause each kind, and what must then be delivered. Receivers are
// put in front of it one after the other; what they make of an event is theirs to check.
'use strict';
const assert = require('assert/strict');
const { actor, call, until } = require('./steps');
const { same } = require('./sent');

/** The webhook fields of every kind below. */
const FIELDS = 'messages,message_reactions,messaging_postbacks,messaging_referral,messaging_seen,message_edit';
const text = 'Hé! Do you ship to Tromsø? \u{1f9f6} <a/b> & "c" \u2028';
const recipient = { id: actor('IGSID') };

/** Stands for an address that gives the very bytes of another one. */
class SameAs {
  constructor(original) { this.original = original; }
}
/** Stands for any text that says something. */
const SOME = Symbol('some text');

/** Asserts that a value is the wanted one, member for member and in the order that a delivery has. */
async function agree(value, wanted) {
  if (wanted === SOME) assert.ok(typeof value === 'string' && value, `${value} is no text`);
  else if (wanted instanceof SameAs) await same(value, wanted.original);
  else if (wanted && typeof wanted === 'object') {
    assert.deepEqual(Object.keys(value), Object.keys(wanted));
    for (const key of Object.keys(wanted)) await agree(value[key], wanted[key]);
  } else assert.equal(value, wanted);
}

let made = 0;
/** A word that was not used before. */
const fresh = (word) => `${word}_${process.pid}_${made += 1}`;
const path = (what, person = actor('PERSON')) => `/_parlance/people/${person}/${what}`;
const does = (what, body, person) => call('POST', path(what, person), { to: actor('IG_USERNAME'), ...body });
const says = async (body) => (await does('messages', body)).message_id;
const taps = async (body, person) => (await does('taps', body, person)).message_id;
const undoes = (what) => call('DELETE', `${path(what)}?with=${actor('IG_USERNAME')}`);
const sends = async (message) => (await call('POST', '/v25.0/me/messages', { access_token: actor('TOKEN'), recipient, message })).message_id;
const offers = (profile) => call('POST', '/v25.0/me/messenger_profile', { access_token: actor('TOKEN'), platform: 'instagram', ...profile });

/** A person sends files: pairs of kind and address. */
const files = (...given) => async () => {
  const mid = await says({ attachments: given.map(([type, name]) => ({ type, url: actor(name) })) });
  return { mid, attachments: given.map(([type, name]) => ({ type, payload: { url: new SameAs(actor(name)) } })) };
};

/** A person's reaction to a new text of theirs. */
const reaction = (given, told) => async () => {
  const mid = await says({ text });
  await does('reactions', { message_id: mid, reaction: given });
  return { mid, action: 'react', ...told };
};

const link = (ref) => ({ ref, source: 'SHORTLINKS', type: 'OPEN_THREAD' });
const buttons = [{ type: 'postback', title: 'Agent', payload: 'AGENT' }];

/** Every kind: the event's key in the element, and what causes it and answers the event's value. */
const KINDS = {
  'a text': ['message', async () => ({ mid: await says({ text }), text })],
  'an image': ['message', files(['image', 'IMAGE_URL'])],
  'a video': ['message', files(['video', 'VIDEO_URL'])],
  'an audio file': ['message', files(['audio', 'AUDIO_URL'])],
  'a document': ['message', files(['file', 'FILE_URL'])],
  'several files': ['message', files(['image', 'GIF_URL'], ['video', 'VIDEO_URL'])],
  'a heart': ['message', async () => ({ mid: await says({ attachments: [{ type: 'like_heart' }] }), attachments: [{ type: 'like_heart' }] })],
  'a shared post': ['message', async () => {
    const mid = await says({ attachments: [{ type: 'share', id: actor('MEDIA_ID') }] });
    return { mid, attachments: [{ type: 'ig_post', payload: { ig_post_media_id: actor('MEDIA_ID'), title: SOME, url: SOME } }] };
  }],
  'an answer to a message': ['message', async () => {
    const answered = await sends({ text });
    return { mid: await says({ text, reply_to: answered }), text, reply_to: { mid: answered } };
  }],
  'an answer to a story': ['message', async () => {
    const { id } = await call('POST', `/_parlance/accounts/${actor('IG_USERNAME')}/media`, { media_product_type: 'STORY' });
    return { mid: await says({ text, story: id }), text, reply_to: { story: { url: SOME, id } } };
  }],
  'a story mention': ['message', files(['story_mention', 'IMAGE_URL'])],
  'a text by way of an ad': ['message', async () => {
    const ad = { ad_id: '120200000000013', ref: fresh('ad'), ad_title: 'Spring <sale>', photo_url: 'https://example.test/ad.jpg' };
    const referral = { ref: ad.ref, source: 'ADS', type: 'OPEN_THREAD', ad_id: ad.ad_id, ads_context_data: { ad_title: ad.ad_title, photo_url: ad.photo_url } };
    return { mid: await says({ text, ad }), text, referral };
  }],
  'a text by way of a product': ['message', async () => ({ mid: await says({ text, product: '5400000000000014' }), text, referral: { product: { id: '5400000000000014' } } })],
  'a quick reply': ['message', async () => {
    await sends({ text: 'What about it?', quick_replies: [{ content_type: 'text', title: 'Delivery', payload: 'DELIVERY' }] });
    return { mid: await taps({ quick_reply: 'Delivery' }), text: 'Delivery', quick_reply: { payload: 'DELIVERY' } };
  }],
  'an unsent message': ['message', async () => {
    const mid = await says({ text });
    await undoes(`messages/${mid}`);
    return { mid, is_deleted: true };
  }],
  'an ice breaker': ['postback', async () => {
    await offers({ ice_breakers: [{ question: 'When are you open?', payload: 'HOURS' }] });
    const [username, ref] = [fresh('new').slice(0, 30), fresh('qr')];
    await call('POST', '/_parlance/people', { username });
    const mid = await taps({ ice_breaker: 'When are you open?', ref }, username);
    return { mid, title: 'When are you open?', payload: 'HOURS', referral: link(ref) };
  }],
  'a menu item': ['postback', async () => {
    await offers({ persistent_menu: [{ locale: 'default', call_to_actions: buttons }] });
    return { mid: await taps({ menu_item: 'Agent' }), title: 'Agent', payload: 'AGENT' };
  }],
  'a button': ['postback', async () => {
    const message_id = await sends({ attachment: { type: 'template', payload: { template_type: 'button', text: 'What next?', buttons } } });
    return { mid: await taps({ button: 'Agent', message_id }), title: 'Agent', payload: 'AGENT' };
  }],
  'a reaction': ['reaction', reaction('love', { reaction: 'love', emoji: '\u2764\ufe0f' })],
  'a reaction with an emoji that has no name': ['reaction', reaction('\u{1f984}', { reaction: 'other', emoji: '\u{1f984}' })],
  'a reaction taken back': ['reaction', async () => {
    const { mid } = await reaction('love')();
    await undoes(`reactions/${mid}`);
    return { mid, action: 'unreact' };
  }],
  'a reading': ['read', async () => {
    const mid = await sends({ text });
    assert.equal((await does('opens', { with: actor('IG_USERNAME') })).seen, mid);
    return { mid };
  }],
  'an edit': ['message_edit', async () => {
    const mid = await says({ text });
    await call('POST', path(`messages/${mid}`), { text: `${text}!` });
    return { mid, text: `${text}!`, num_edit: 1 };
  }],
  'a link into the conversation': ['referral', async () => {
    const ref = fresh('newsletter');
    await does('links', { ref });
    return link(ref);
  }],
  'an echo of a text': ['message', async () => ({ mid: await sends({ text }), text, is_echo: true })],
  'an echo of a file': ['message', async () => {
    const mid = await sends({ attachment: { type: 'image', payload: { url: actor('IMAGE_URL') } } });
    return { mid, attachments: [{ type: 'image', payload: { url: new SameAs(actor('IMAGE_URL')) } }], is_echo: true };
  }],
  'an echo of a template': ['message', async () => {
    const elements = [{ title: 'Scarf', buttons }];
    const mid = await sends({ attachment: { type: 'template', payload: { template_type: 'generic', elements } } });
    return { mid, attachments: [{ type: 'template', payload: { generic: { elements } } }], is_echo: true };
  }],
  'an echo of what somebody wrote by hand': ['message', async () => {
    const { message_id: mid } = await call('POST', `/_parlance/accounts/${actor('IG_USERNAME')}/messages`, { to: actor('PERSON'), text });
    return { mid, text, is_echo: true };
  }],
};

/** Subscribes the app to every kind at this callback, and installs it on the Page. */
async function subscribe(callback_url) {
  const subscribed = await call('POST', `/v25.0/${actor('APP_ID')}/subscriptions`, {
    access_token: actor('APP_TOKEN'), object: 'instagram', callback_url, verify_token: actor('VERIFY_TOKEN'), fields: FIELDS, include_values: true,
  });
  const installed = await call('POST', `/v25.0/${actor('PAGE_ID')}/subscribed_apps`, { access_token: actor('TOKEN'), subscribed_fields: 'messages' });
  assert.deepEqual([subscribed, installed], [{ success: true }, { success: true }]);
}

/**
 * Causes a kind, waits until its element is among what the receiver has taken, and checks the element. `taken` answers
 * everything taken so far, each with its `element`; answered is the one that it was, and the event's value.
 */
async function hears(name, taken) {
  const [key, cause] = KINDS[name];
  const before = taken().length;
  const wanted = await cause();
  const traits = ['mid', 'ref', 'action', 'is_deleted', 'is_echo'].filter((trait) => trait in wanted || trait.startsWith('is_'));
  const is = ({ element }) => element && element[key] && traits.every((trait) => element[key][trait] === wanted[trait]);
  const found = await until(`${name} is delivered`, () => taken().slice(before).find(is));
  const { sender, recipient: receiver, timestamp, ...event } = found.element;
  await agree(event, { [key]: wanted });
  const ends = [sender.id, receiver.id];
  const ours = wanted.is_echo ? ends.reverse() : ends;
  assert.ok(ours[1] === actor('IG_ID') && /^\d{15,17}$/.test(ours[0]), `the ends are ${ours}`);
  assert.ok(Number.isInteger(timestamp) && timestamp > 1e12, 'milliseconds, as a number');
  return { ...found, wanted: event[key] };
}

module.exports = { KINDS, subscribe, hears };
