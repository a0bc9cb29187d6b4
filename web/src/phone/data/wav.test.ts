import { expect, it } from 'vitest';
import { wav } from './wav';

it('writes a header that says how long the sound is, and its samples within bounds', () => {
  const view = new DataView(wav(new Float32Array([0, 1, -1, 2]), 8_000));
  const word = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
  expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([44, 8_000, 8]);
  expect([0, 1, 2, 3].map((i) => view.getInt16(44 + i * 2, true))).toEqual([0, 32_767, -32_767, 32_767]);
});
