/** A desk in which every screen has something to show: people who wrote at various times and in every way, and what agents did. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from './desk';
import type { Json, World } from './world';

const PHOTO = join(import.meta.dirname, 'files/square.png');
/** A fixed moment, so that pictures are the same whenever they are taken. */
export const MOMENT = '2030-05-14T09:41:20Z';

/** Who writes beside the people of the demo world. */
const GUESTS = [
  ['noor.weaves', 'Noor Haddad'],
  ['finn.sails', 'Finn Olsen'],
  ['greta.g', 'Greta Lindqvist'],
  ['pavel_k', 'Pavel Kučera'],
  ['ines.bakes', 'Inês Duarte'],
  ['theo.reads', 'Theo Marchand'],
  ['yuki.folds', 'Yuki Tanaka'],
  ['bea.climbs', 'Bea Thornton'],
] as const;

export interface Scene {
  /** Conversations by the person's username. */
  threads: Record<string, string>;
}

/** What a person does, by what the emulator calls it. */
const does = (world: World, username: string, what: string, body: Json) =>
  world.call('POST', `/_parlance/people/${username}/${what}`, { to: 'harbor.knits', ...body });

/** A person uploads a picture; gives how messages name it. */
async function upload(world: World, username: string): Promise<string> {
  const path = `/_parlance/people/${username}/files?to=harbor.knits&type=image&name=square.png`;
  const response = await fetch(`${world.ready.graph}${path}`, { method: 'POST', body: readFileSync(PHOTO) });
  return ((await response.json()) as { asset_id: string }).asset_id;
}

/** Sets it. The clock stands at [`MOMENT`] afterwards, and runs. */
export async function scene(world: World): Promise<Scene> {
  const { desk } = world;
  for (const [username, name] of GUESTS)
    await world.call('POST', '/_parlance/people', { username, name, follower_count: 1_204 });
  await world.clock({ set: '2030-05-04T16:20:00Z' });
  await world.writes('tomek.bikes', { text: 'Gloves for cycling in the rain?' });
  await world.clock({ set: '2030-05-12T10:00:00Z' });
  await world.writes('aisha.codes', { text: 'Could you knit a dachshund a coat?' });
  await world.clock({ set: '2030-05-13T10:55:00Z' });
  await world.writes('jonas_w', { text: 'Does the fisherman sweater itch?' });
  await world.clock({ set: '2030-05-13T18:30:00Z' });
  await world.writes('greta.g', { text: 'The parcel came. It is even softer than in the picture.' });
  await world.writes('pavel_k', { text: 'Can I change the size until tomorrow?' });
  const morning: [string, Json][] = [
    ['mira.paints', { text: 'Do you sell the undyed yarn, too?' }],
    ['finn.sails', { text: 'Two hats, one for me and one for the boat.' }],
    ['ines.bakes', { attachments: [{ type: 'like_heart' }] }],
    ['theo.reads', { text: 'Is there a washing label inside?' }],
    ['bea.climbs', { attachments: [{ type: 'image', asset_id: await upload(world, 'bea.climbs') }] }],
  ];
  for (const [place, [username, body]] of morning.entries()) {
    await world.clock({ set: `2030-05-14T08:0${place + 1}:00Z` });
    await world.writes(username, body);
  }
  await world.clock({ set: '2030-05-14T09:12:00Z' });
  const { story, post } = await published(world);
  await does(world, 'noor.weaves', 'comments', { media_id: post, text: 'The one like moss after rain, please.' });
  await does(world, 'sam.oslo', 'comments', { media_id: post, text: 'Grey. There is never enough grey.' });
  const threads = Object.fromEntries(
    await Promise.all(
      ['jonas_w', 'aisha.codes', 'greta.g', 'mira.paints', 'finn.sails', 'bea.climbs'].map(async (username) => {
        return [username, (await desk.conversationOf(username)).id] as const;
      }),
    ),
  );
  threads['noor.weaves'] = await everyKind(world, desk, story);
  threads['lucia_m'] = await sold(world, desk);
  threads['tomek.bikes'] = (await desk.conversationOf('tomek.bikes')).id;
  await arranged(desk, threads);
  await world.clock({ set: MOMENT });
  return { threads };
}

/** The account publishes a story and a post. */
async function published(world: World): Promise<{ story: string; post: string }> {
  const publish = (body: Json) => world.call('POST', '/_parlance/accounts/harbor.knits/media', body);
  const story = await publish({ media_product_type: 'STORY', caption: 'The blue ones are back.' });
  const post = await publish({ caption: 'Twelve colours, one sheep. Which one shall we knit first?' });
  return { story: story['id'] as string, post: post['id'] as string };
}

/** A long conversation that has all there is: and where it is. */
async function everyKind(world: World, desk: Desk, story: string): Promise<string> {
  const person = 'noor.weaves';
  const writes = (body: Json) => world.writes(person, body);
  await writes({ text: 'Hello! Is the blue scarf back?' });
  const { id } = await desk.conversationOf(person);
  const answer = async (body: Json) => desk.says('ana', id, body);
  await answer({ kind: 'text', text: 'It is, and its hat came along.' });
  await does(world, person, 'opens', { with: 'harbor.knits' });
  await writes({ attachments: [{ type: 'image', asset_id: await upload(world, person) }] });
  await writes({ text: 'So warm!', story });
  await writes({ attachments: [{ type: 'share', id: world.ready.media[0]!.id }] });
  await writes({
    attachments: [{ type: 'hologram', payload: { title: 'A scarf that turns', url: 'https://x.example.test' } }],
  });
  const mistake = await writes({ text: 'Not meant for you' });
  await world.call('DELETE', `/_parlance/people/${person}/messages/${mistake}`);
  const wish = await writes({ text: 'The scarf, please. It is for my sister, who is always cold.' });
  await answer({ kind: 'reaction', mid: wish, emoji: '❤️' });
  await answer({ kind: 'text', text: 'Put aside. It travels on Tuesday.', reply_to: wish });
  const newest = await desk.newest(id, 'business');
  await does(world, person, 'reactions', { message_id: newest, reaction: '🧶' });
  await writes({ text: 'Wonderful, thank you!' });
  return id;
}

async function sold(world: World, desk: Desk): Promise<string> {
  await world.writes('lucia_m', { text: 'Do you ship to Málaga?' });
  const { id } = await desk.conversationOf('lucia_m');
  await desk.says('ben', id, { kind: 'text', text: 'We do, on Tuesdays and Fridays. Four days on the way.' });
  await world.writes('lucia_m', { text: 'Perfect, then I order tonight.' });
  return id;
}

/** What agents did with them. */
async function arranged(desk: Desk, threads: Record<string, string>) {
  const make = async (path: string, body: Json) => (await desk.call('sue', 'POST', path, body))['id'] as string;
  const [order, repair, praise] = [
    await make('/labels', { name: 'Order', colour: 'teal' }),
    await make('/labels', { name: 'Repair', colour: 'amber' }),
    await make('/labels', { name: 'Praise', colour: 'green' }),
  ];
  const { id: team } = (await desk.call('olga', 'POST', '/teams', { name: 'Orders', assignment: 'round_robin' })) as {
    id: string;
  };
  for (const agent of await desk.agents()) {
    if (agent.name === 'Ana' || agent.name === 'Ben') {
      await desk.call('olga', 'PUT', `/teams/${team}/members/${agent.id}`);
    }
  }
  await make('/canned_replies', {
    shortcut: 'ship',
    title: 'Shipping',
    text: 'Hello {name}, we ship on Tuesdays and Fridays.',
  });
  await make('/canned_replies', { shortcut: 'wash', title: 'Washing', text: 'By hand, cold, and flat to dry.' });
  await make('/views', { name: 'Orders of mine', query: `view=mine&status=open&label=${order}`, shared: true });
  const does = (username: string, change: Json) =>
    desk.call('sue', 'POST', `/conversations/${threads[username]}`, change);
  const ids = Object.fromEntries((await desk.agents()).map((agent) => [agent.name, agent.id]));
  await does('noor.weaves', { do: 'assign', agent: ids['Ana'] });
  await does('noor.weaves', { do: 'label', label: order });
  await does('lucia_m', { do: 'assign', agent: ids['Ben'] });
  await does('lucia_m', { do: 'label', label: order });
  await does('mira.paints', { do: 'prioritise', priority: 2 });
  await does('finn.sails', { do: 'label', label: order });
  await does('finn.sails', { do: 'label', label: repair });
  await does('greta.g', { do: 'label', label: praise });
  await does('jonas_w', { do: 'assign', agent: ids['Chi'] });
  await desk.call('ben', 'POST', `/conversations/${threads['noor.weaves']}/notes`, {
    text: 'She is a regular, wrap it nicely. @Ana',
    mentions: [ids['Ana']],
  });
}
