/** What an authenticator shows (RFC 6238). */
import { createHmac } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function code(secret: string, now: number): string {
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()].map((letter) => LETTERS.indexOf(letter));
  const all = bits.map((value) => value.toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((all.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash.at(-1)! & 15;
  return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
