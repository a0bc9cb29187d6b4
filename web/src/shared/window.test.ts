import { expect, it } from 'vitest';
import { HUMAN_AGENT, STANDARD, windowAt } from './window';

it('shuts one millisecond after its last, as on the platform', () => {
  const rows = [
    [0, 'open', STANDARD],
    [STANDARD, 'open', 0],
    [STANDARD + 1, 'human_agent', HUMAN_AGENT - STANDARD - 1],
    [HUMAN_AGENT, 'human_agent', 0],
    [HUMAN_AGENT + 1, 'closed', 0],
  ] as const;
  for (const [age, state, left] of rows) expect(windowAt(1_000, 1_000 + age)).toMatchObject({ state, left });
  expect(windowAt(null, 5).state).toBe('none');
});

it('empties with time, and is ending in its last two hours', () => {
  expect(windowAt(0, STANDARD / 4).share).toBe(0.75);
  expect(windowAt(0, STANDARD - 7_200_001).ending).toBe(false);
  expect(windowAt(0, STANDARD - 7_200_000).ending).toBe(true);
  expect(windowAt(10, 0).share).toBe(1);
});
