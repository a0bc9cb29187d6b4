import { expect, it } from 'vitest';
import type { Message } from './group';
import { line, snippet } from './snippet';

const of = (more: Partial<Message>): Message => ({ id: '1', from: 'mira', text: '', created_time: '', ...more });
const files = (...types: string[]) => ({ attachments: types.map((type) => ({ type })) });

it('says what a message is, whatever it is', () => {
  const rows: [Partial<Message>, string][] = [
    [{ text: 'Hello' }, 'Hello'],
    [{ is_unsent: true }, 'Message unsent'],
    [{ text: 'Lovely', story: { id: '7' } }, 'Story reply: Lovely'],
    [files('image'), 'Photo'],
    [files('image', 'image'), '2 photos'],
    [files('audio'), 'Voice note'],
    [files('story_mention'), 'Mentioned the account in a story'],
    [files('hologram'), 'Message'],
    [{}, 'Message'],
    [{ template: { template_type: 'generic', elements: [{ title: 'Blue kettle' }] } as never }, 'Blue kettle'],
    [{ template: { template_type: 'product', elements: [{ id: '1' }] } as never }, 'Cards'],
  ];
  for (const [message, expected] of rows) expect(line(of(message))).toBe(expected);
});

it('says that it was oneself', () => {
  expect(snippet(of({ text: 'Hi' }), 'mira')).toBe('You: Hi');
  expect(snippet(of({ text: 'Hi' }), 'jonas')).toBe('Hi');
  expect(snippet(of({ is_unsent: true }), 'mira')).toBe('Message unsent');
});
