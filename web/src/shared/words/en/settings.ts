/** English of the inbox: settings. */
export const settings = {} as const;
