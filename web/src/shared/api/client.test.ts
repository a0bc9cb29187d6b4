import { expect, it } from 'vitest';
import { Offline, answer, here, sentence } from './client';

it('tells an error in the words of the server, without its code', () => {
  expect(sentence(400, { error: { message: '(#100) to is missing' } })).toBe('to is missing');
  expect(sentence(502, undefined)).toBe('HTTP 502');
});

it('tells what is refused from what cannot be reached', async () => {
  const refused = { error: { error: { message: 'no' } }, response: new Response('', { status: 400 }) };
  await expect(answer(Promise.resolve(refused))).rejects.toMatchObject({ status: 400, message: 'no' });
  await expect(answer(Promise.reject(new TypeError('failed to fetch')))).rejects.toBeInstanceOf(Offline);
  await expect(answer(Promise.resolve({ data: 7, response: new Response('') }))).resolves.toBe(7);
});

it('loads the server’s own files from where the page came, and another server’s from there', () => {
  const own = (url: string) => here(url, '8700');
  expect(own('http://127.0.0.1:8700/ig_messaging_cdn/?asset_id=1')).toBe('/ig_messaging_cdn/?asset_id=1');
  expect(own('http://[::1]:8700/_parlance/pictures/a.svg')).toBe('/_parlance/pictures/a.svg');
  expect(own('/_parlance/pictures/a.svg')).toBe('/_parlance/pictures/a.svg');
  expect(own('http://127.0.0.1:8710/_parlance/pictures/a.svg')).toBe('http://127.0.0.1:8710/_parlance/pictures/a.svg');
  expect(own('https://cdn.example.test/_parlance.png')).toBe('https://cdn.example.test/_parlance.png');
});
