/** English of the inbox: list. */
export const list = {} as const;
