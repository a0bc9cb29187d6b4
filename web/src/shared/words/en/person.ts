/** English of the inbox: person. */
export const person = {} as const;
