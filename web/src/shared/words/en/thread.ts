/** English of the inbox: thread. */
export const thread = {} as const;
