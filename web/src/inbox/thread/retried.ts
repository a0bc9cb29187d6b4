/** What was tried again by hand: once, so that nothing is sent over and over that fails for the same reason. */
const done = new Set<string>();

export const wasRetried = (outbox: string) => done.has(outbox);
export const noteRetry = (outbox: string) => void done.add(outbox);
