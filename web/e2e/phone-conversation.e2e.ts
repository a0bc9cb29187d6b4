import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Screens, type Shown } from './screens';
import { World } from './world';

/** A square of 32 pixels. */
const PHOTO = join(import.meta.dirname, 'files/square.png');

let world: World;
let screens: Screens;
let shown: Shown;

beforeAll(async () => {
  world = await World.start();
  screens = await Screens.open(world);
});
afterAll(async () => {
  await screens?.close();
  await world?.stop();
});

const message = (text: string) => shown.page.locator('[data-message]', { hasText: text });

/** Opens what can be done with a message. */
async function actions(text: string) {
  await message(text).hover();
  await message(text).getByRole('button', { name: 'Actions for this message' }).click();
  return shown.page.getByRole('dialog', { name: 'Actions for this message' });
}

async function write(text: string) {
  await shown.page.getByRole('textbox', { name: 'Message to Harbor Knits' }).fill(text);
  await shown.page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** The newest message as the API has it. */
async function newest(fields: string): Promise<Record<string, unknown>> {
  const path = `/v25.0/me/conversations?platform=instagram&user_id=${world.person('mira.paints')}&fields=messages.limit(1){${fields}}`;
  const answer = (await world.call('GET', path, undefined, world.ready.page.token)) as {
    data: { messages: { data: Record<string, unknown>[] } }[];
  };
  return answer.data[0]!.messages.data[0]!;
}

describe('a conversation', () => {
  beforeAll(async () => {
    shown = await screens.phone('');
  });
  afterAll(async () => {
    expect(shown.problems).toEqual([]);
    await shown.context.close();
  });

  it('begins with a person, and stays in the address', async () => {
    const { page } = shown;
    await page.getByRole('button', { name: /Mira Okafor/ }).click();
    await page.getByRole('button', { name: /Harbor Knits.*Yes please/ }).click();
    await message('Do you still have the blue scarf?').waitFor();
    expect(new URL(page.url()).search).toBe('?h=mira.paints/harbor.knits');
    await page.reload();
    await message('We do, two of them.').waitFor();
  });

  it('what the person writes reaches the API, and the answer appears without a reload', async () => {
    await write('Are you open on Sunday?');
    await message('Are you open on Sunday?').waitFor();
    await expect.poll(() => newest('message')).toMatchObject({ message: 'Are you open on Sunday?' });
    await world.sends('mira.paints', { text: 'From ten to four.' });
    await message('From ten to four.').waitFor();
    await shown.page.getByText('Seen', { exact: true }).waitFor();
  });

  it('shows that the business writes', async () => {
    await world.business({ recipient: { id: world.person('mira.paints') }, sender_action: 'typing_on' });
    await shown.page.getByText('Harbor Knits writes…').waitFor();
    await world.business({ recipient: { id: world.person('mira.paints') }, sender_action: 'typing_off' });
    await shown.page.getByText('Harbor Knits writes…').waitFor({ state: 'detached' });
  });

  it('offers quick replies until one is used', async () => {
    const quick_replies = ['By post', 'I pick it up'].map((title) => ({
      content_type: 'text',
      title,
      payload: title.toUpperCase(),
    }));
    await world.sends('mira.paints', { text: 'How shall we send it?', quick_replies });
    await shown.page.getByRole('button', { name: 'By post' }).click();
    await message('By post').waitFor();
    expect(await shown.page.getByRole('button', { name: 'I pick it up' }).count()).toBe(0);
  });

  it('taps a button of a template, and leaves what opens a page to the browser', async () => {
    const buttons = [
      { type: 'postback', title: 'Put it aside', payload: 'ASIDE' },
      { type: 'web_url', title: 'See it', url: 'https://shop.example.test/scarf' },
    ];
    const payload = { template_type: 'generic', elements: [{ title: 'Blue scarf', subtitle: 'Lambswool', buttons }] };
    await world.sends('mira.paints', { attachment: { type: 'template', payload } });
    await shown.page.getByRole('button', { name: 'Put it aside' }).click();
    await message('Put it aside').last().waitFor();
    const link = shown.page.getByRole('link', { name: 'See it (opens a page)' });
    expect(await link.getAttribute('href')).toBe('https://shop.example.test/scarf');
  });

  it('reacts, changes the reaction, takes it back', async () => {
    await world.sends('mira.paints', { text: 'It is on its way.' });
    await message('It is on its way.').waitFor();
    await (await actions('It is on its way.')).getByRole('button', { name: 'React with ❤️' }).click();
    await message('It is on its way.').getByRole('img', { name: '❤️ from You' }).waitFor();
    const open = await actions('It is on its way.');
    await open.getByRole('textbox', { name: 'Any emoji' }).fill('🧶');
    await open.getByRole('button', { name: 'React', exact: true }).click();
    await message('It is on its way.').getByRole('img', { name: '🧶 from You' }).waitFor();
    await (await actions('It is on its way.')).getByRole('button', { name: /Remove your reaction/ }).click();
    await message('It is on its way.')
      .getByRole('img', { name: /from You/ })
      .waitFor({ state: 'detached' });
  });

  it('sees the reaction of the business', async () => {
    await write('Wonderful');
    await message('Wonderful').waitFor();
    await expect.poll(() => newest('message')).toMatchObject({ message: 'Wonderful' });
    const { id } = await newest('id');
    const payload = { message_id: id, reaction: 'love' };
    await world.business({ recipient: { id: world.person('mira.paints') }, sender_action: 'react', payload });
    await message('Wonderful')
      .getByRole('img', { name: /from Harbor Knits/ })
      .waitFor();
  });

  it('answers a message inline, and goes to what it answers', async () => {
    await message('From ten to four.').hover();
    await message('From ten to four.').getByRole('button', { name: 'Reply', exact: true }).click();
    await shown.page.getByText('Replying to Harbor Knits').waitFor();
    await write('Then I come at two');
    const quote = message('Then I come at two').getByRole('button', { name: 'Answers: From ten to four.' });
    await quote.click();
    await expect
      .poll(() =>
        message('From ten to four.')
          .first()
          .evaluate((it) => it === document.activeElement),
      )
      .toBe(true);
    const { reply_to } = await newest('reply_to');
    expect(reply_to).toMatchObject({ mid: expect.any(String) as string });
  });

  it('edits a message', async () => {
    await (await actions('Then I come at two')).getByRole('menuitem', { name: 'Edit' }).click();
    await shown.page.getByRole('textbox', { name: 'Message to Harbor Knits' }).fill('Then I come at three');
    await shown.page.getByRole('button', { name: 'Save the change' }).click();
    await message('Then I come at three').getByText('Edited').waitFor();
    expect(await newest('message')).toMatchObject({ message: 'Then I come at three' });
  });

  it('unsends a message, of which nothing is left', async () => {
    await write('Not meant for you');
    await message('Not meant for you').waitFor();
    await (await actions('Not meant for you')).getByRole('menuitem', { name: 'Unsend' }).click();
    await shown.page.getByText('You unsent a message').waitFor();
    expect(await message('Not meant for you').count()).toBe(0);
  });

  it('sends a photo, a heart, a voice note and a mention in a story', async () => {
    const { page } = shown;
    await page.getByTestId('picker').setInputFiles(PHOTO);
    await page.locator('[data-message]').getByRole('img', { name: 'Photo from Harbor Knits' }).waitFor();
    await expect
      .poll(() => newest('attachments'))
      .toMatchObject({ attachments: { data: [{ image_data: expect.anything() as object }] } });
    await page.getByRole('button', { name: 'Send a heart' }).click();
    await page.locator('[data-message]').getByRole('img', { name: 'Heart' }).waitFor();
    await page.getByRole('button', { name: 'Record a voice note' }).click();
    await page.getByText(/Recording 0:01/).waitFor();
    await page.getByRole('button', { name: 'Stop and send' }).click();
    await page.locator('[data-message] audio').waitFor();
    await page.getByRole('button', { name: 'Attach' }).click();
    const picker = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Mention in your story' }).click();
    await (await picker).setFiles(PHOTO);
    await page.locator('[data-message]').getByText('Mentioned harbor.knits in a story').waitFor();
  });

  it('keeps a message that cannot be sent, says why, and sends it again', async () => {
    const { page, problems } = shown;
    await page.route('**/_parlance/people/*/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await write('Are you still there?');
    await page.getByText(/Not sent: The server cannot be reached/).waitFor();
    await page.unroute('**/_parlance/people/*/messages');
    await page.getByRole('button', { name: 'Try again' }).click();
    await message('Are you still there?').waitFor();
    // The browser itself reports what this test cut off.
    expect(problems.splice(0).every((problem) => problem.includes('ERR_FAILED'))).toBe(true);
  });
});

describe('around a conversation', () => {
  it('answers a story', async () => {
    shown = await screens.phone('?h=lucia_m');
    const { page } = shown;
    await page.getByRole('button', { name: 'Open the story of Harbor Knits' }).click();
    await page.getByRole('textbox', { name: 'Reply to Harbor Knits…' }).fill('So warm!');
    await page.getByRole('button', { name: 'Send the reply' }).click();
    await page.getByText('Your reply was sent').waitFor();
    await page.getByRole('button', { name: 'Open the conversation' }).click();
    await message('So warm!').getByText('Answered a story').waitFor();
    await message('So warm!')
      .getByText(/expires in 21 h/)
      .waitFor();
    await shown.context.close();
  });

  it('comments on a post, answers a comment and deletes both; a private reply comes with the comment', async () => {
    shown = await screens.phone('?h=tomek.bikes');
    const { page } = shown;
    await page.getByRole('button', { name: /Post of Harbor Knits: Hats for small heads/ }).click();
    await page.getByText('No comments yet').waitFor();
    const field = page.getByRole('textbox', { name: 'Comment as tomek.bikes' });
    await field.fill('What sizes?');
    await page.getByRole('button', { name: 'Post the comment' }).click();
    await page.getByText('What sizes?').waitFor();
    await page.getByRole('button', { name: 'Reply to the comment of tomek.bikes' }).click();
    await field.fill('And which colours?');
    await page.getByRole('button', { name: 'Post the comment' }).click();
    await page.getByText('And which colours?').waitFor();
    const accounts = (await world.call('GET', '/_parlance/accounts')) as {
      data: { media: { caption: string; comments: { id: string; text: string }[] }[] }[];
    };
    const comment = accounts.data[0]!.media.find((it) => it.caption.startsWith('Hats'))!.comments.find(
      (it) => it.text === 'What sizes?',
    )!;
    await world.business({ recipient: { comment_id: comment.id }, message: { text: 'From 36 to 48 cm.' } });
    await page.getByText('Answered privately').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Delete your comment “And which colours?”' }).click();
    await page.getByText('And which colours?').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: /Harbor Knits.*From 36 to 48 cm/ }).click();
    await message('From 36 to 48 cm.').getByText('Answer to your comment').waitFor();
    expect(shown.problems).toEqual([]);
    await shown.context.close();
  });

  it('puts two people side by side, each of whom sees their own', async () => {
    shown = await screens.phone('?h=aisha.codes/harbor.knits', { width: 1440 });
    const { page } = shown;
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page
      .getByRole('region', { name: 'Phone of nobody yet' })
      .getByRole('button', { name: /Sam Nordmann/ })
      .click();
    const aisha = page.getByRole('region', { name: 'Phone of Aisha Rahman' });
    const sam = page.getByRole('region', { name: 'Phone of Sam Nordmann' });
    await sam.getByRole('button', { name: /Harbor Knits.*Say hello/ }).click();
    for (const [handset, text] of [
      [aisha, 'Aisha here'],
      [sam, 'Sam here'],
    ] as const) {
      await handset.getByRole('textbox', { name: 'Message to Harbor Knits' }).fill(text);
      await handset.getByRole('textbox', { name: 'Message to Harbor Knits' }).press('Enter');
      await handset.locator('[data-message]', { hasText: text }).waitFor();
    }
    await world.sends('sam.oslo', { text: 'Hello Sam' });
    await sam.locator('[data-message]', { hasText: 'Hello Sam' }).waitFor();
    expect(await aisha.getByText('Hello Sam').count()).toBe(0);
    expect(new URL(page.url()).search).toBe('?h=aisha.codes/harbor.knits&h=sam.oslo/harbor.knits');
    await page.goBack();
    await sam.getByRole('heading', { name: 'Messages' }).waitFor();
    await shown.context.close();
  });

  it('blocks, unblocks, follows and deletes', async () => {
    shown = await screens.phone('?h=jonas_w/harbor.knits');
    const { page } = shown;
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'More about Harbor Knits' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('Block');
    await page.getByText('You blocked Harbor Knits.').waitFor();
    await page.getByRole('button', { name: 'Unblock' }).click();
    await page.getByRole('textbox', { name: 'Message to Harbor Knits' }).waitFor();
    await menu('Follow');
    await menu('Unfollow');
    await menu('Delete conversation');
    await page.getByText('You deleted this conversation').waitFor();
    await write('Back again');
    await message('Back again').waitFor();
    await message('It is a large one').waitFor();
    await shown.context.close();
  });

  it('comes by a link, which the app is told of; shows the webhooks of a message', async () => {
    await world.subscribe();
    shown = await screens.phone('?h=jonas_w/harbor.knits');
    const { page } = shown;
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Come by a link, an ad or a product' }).click();
    await page.getByRole('textbox', { name: 'ref of the link' }).fill('spring');
    await page.getByRole('button', { name: 'Come this way' }).click();
    await page.getByText('You followed the link. The app is told of it').waitFor();
    await write('Do you have it in grey?');
    await message('Do you have it in grey?').waitFor();
    await (await actions('Do you have it in grey?')).getByRole('menuitem', { name: 'As the API sees it' }).click();
    const fold = page.getByRole('region', { name: 'As the API sees it' });
    await fold.getByText('"text": "Do you have it in grey?"').waitFor();
    await fold.getByText('Delivered').waitFor();
    expect(shown.problems).toEqual([]);
    await shown.context.close();
  });

  it('offers what to begin with and the menu of the business', async () => {
    const platform = 'platform=instagram';
    const ice_breakers = [
      { call_to_actions: [{ question: 'Where is my parcel?', payload: 'WHERE' }], locale: 'default' },
    ];
    const persistent_menu = [
      { locale: 'default', call_to_actions: [{ type: 'postback', title: 'Talk to a human', payload: 'HUMAN' }] },
    ];
    const { token } = world.ready.page;
    await world.call(
      'POST',
      `/v25.0/me/messenger_profile?${platform}`,
      { platform: 'instagram', ice_breakers, persistent_menu },
      token,
    );
    await world.call('POST', '/_parlance/people', { username: 'new.here', name: 'Nova Herrera' });
    shown = await screens.phone('?h=new.here/harbor.knits');
    const { page } = shown;
    await page.getByRole('button', { name: 'Where is my parcel?' }).click();
    await message('Where is my parcel?').waitFor();
    await page.getByRole('button', { name: 'Where is my parcel?' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Menu of Harbor Knits' }).click();
    await page.getByRole('menuitem', { name: 'Talk to a human' }).click();
    await message('Talk to a human').waitFor();
    await shown.context.close();
  });

  it('says that there is no connection, and catches up when there is one again', async () => {
    shown = await screens.phone('?h=mira.paints/harbor.knits');
    const { page } = shown;
    await message('Are you still there?').waitFor();
    const comesBack = await world.goes();
    await page.getByText(/No connection since/).waitFor();
    await comesBack();
    await world.sends('mira.paints', { text: 'Written while you were away' });
    await message('Written while you were away').waitFor({ timeout: 20_000 });
    await page.getByText(/No connection since/).waitFor({ state: 'detached' });
    await shown.context.close();
  });
});
