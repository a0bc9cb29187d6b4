/** Messages of every kind that the inbox keeps, as its API tells them (contract webhooks 3): what the tests draw. */
import type { Message } from './shape';

const CDN = 'https://lookaside.example/ig_messaging_cdn/?asset_id=179&signature=Ab';

/** What is told of one, beside what every message has; anything may stand in it. */
type Told = Partial<Omit<Message, 'content'>> & { kind: string; content?: unknown };

const file = (kind: string, type: string, more: object = { url: CDN }): Told => ({
  kind,
  content: { attachments: [{ type, ...more }] },
});
const event = (kind: string, raw: object): Told => ({ kind, content: { raw } });

const TOLD: Told[] = [
  { kind: 'text', text: 'Do you ship to Oslo? See https://shop.example/s?a=1 or javascript:alert(1)' },
  { kind: 'text', text: 'that one', content: { reply_to: 'm1' } },
  { kind: 'text', text: 'Track order', content: { payload: 'TRACK_ORDER' } },
  {
    kind: 'text',
    text: 'Hi, is this in stock?',
    content: {
      referral: {
        ref: 'spring_a',
        ad_id: '1202',
        source: 'ADS',
        type: 'OPEN_THREAD',
        ads_context_data: { ad_title: 'Spring sale', photo_url: CDN },
      },
    },
  },
  { kind: 'text', text: 'Size M?', content: { referral: { product: { id: '5400' } } } },
  {
    kind: 'text',
    text: 'hello',
    content: { referral: { ref: 'qr_store_7', source: 'SHORTLINKS', type: 'OPEN_THREAD' } },
  },
  file('image', 'image'),
  {
    kind: 'image',
    text: 'with words',
    content: { attachments: [1, 2, 3].map((at) => ({ type: 'image', url: `${CDN}${at}` })) },
  },
  { kind: 'image', side: 'business', agent: '7' },
  file('image', 'sticker'),
  file('video', 'video'),
  file('audio', 'audio'),
  file('file', 'file', { url: CDN, title: 'invoice.pdf' }),
  file('like_heart', 'like_heart', {}),
  file('share', 'share', { url: CDN, title: 'Spring lookbook', media_id: '181' }),
  {
    kind: 'share',
    content: {
      attachments: ['share', 'ig_post'].map((type) => ({ type, url: CDN, title: 'Spring lookbook', media_id: '181' })),
    },
  },
  file('reel', 'ig_reel', { url: 'https://www.instagram.com/reel/Fixture1/', title: 'How we roast', media_id: '179' }),
  file('reel', 'reel'),
  file('share', 'fallback', {}),
  file('story_mention', 'story_mention'),
  file('story_share', 'ig_story', { url: CDN, media_id: '18' }),
  file('ephemeral', 'ephemeral', {}),
  { kind: 'story_reply', text: 'love this!', content: { story: { url: CDN, id: '18' } } },
  { kind: 'story_reply', text: '😍', content: { story: {} } },
  file('template', 'template', {
    payload: {
      generic: {
        elements: [
          {
            title: 'Linen shirt',
            subtitle: 'EUR 49',
            image_url: CDN,
            default_action: { type: 'web_url', url: 'https://shop.example/s' },
            buttons: [
              { type: 'postback', title: 'Buy', payload: 'BUY_7' },
              { type: 'web_url', title: 'Open', url: 'https://shop.example/s' },
            ],
          },
          { title: 'Linen scarf' },
        ],
      },
    },
  }),
  file('template', 'template', {
    payload: {
      template_type: 'button',
      text: 'What now?',
      buttons: [{ type: 'postback', title: 'Ask', payload: 'ASK' }],
    },
  }),
  file('template', 'template', { payload: { template_type: 'product', elements: [{ id: '5400' }] } }),
  file('template', 'template', { payload: { coupon: {} } }),
  { kind: 'postback', text: 'Where is my order?', content: { payload: 'ORDER_STATUS' } },
  { kind: 'postback', text: null, content: null },
  event('referral', { referral: { ref: 'newsletter_42', source: 'SHORTLINKS', type: 'OPEN_THREAD' } }),
  event('optin', { optin: { type: 'notification_messages', title: 'Drop alerts', payload: 'DROPS' } }),
  event('feedback', { response_feedback: { feedback: 'Good response', mid: 'm1' } }),
  { kind: 'unsupported' },
  { kind: 'unsent' },
  { kind: 'untold' },
  { kind: 'text', text: 'Do you ship to Bergen?', edits: 2 },
  event('control_passed', { pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: '2' } }),
  event('control_taken', { take_thread_control: { previous_owner_app_id: '1', new_owner_app_id: '2' } }),
  event('control_requested', { request_thread_control: { requested_owner_app_id: '2' } }),
  event('unknown', { sender: { id: '1' }, hologram: { depth: 3 } }),
  event('unknown', { message_edit: { mid: 'z', num_edit: 0 } }),
  file('unknown', 'hologram', { url: CDN, payload: { depth: 3 } }),
  { kind: 'something_of_next_year', text: null, content: null },
  { kind: '', text: '' },
];

/** Every kind, an hour apart from each other. */
export const corpus = (from: number): Message[] =>
  TOLD.map((told, at) => {
    const message = {
      mid: `m${at}`,
      seq: at + 1,
      sent_time: from + at * 3_600_000,
      side: told.kind === 'template' ? 'business' : 'person',
      text: null,
      content: null,
      edits: 0,
      agent: null,
      ...told,
    };
    return message as Message;
  });
