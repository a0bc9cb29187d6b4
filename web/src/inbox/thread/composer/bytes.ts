/** How long a text is, as the platform measures it. */

/** The longest text of a message, in bytes of UTF-8 (contract send 1.4). */
export const MOST = 1_000;
/** From here on the bytes are counted for the writer to see. */
export const COUNTED = 800;

const encoder = new TextEncoder();

/** Bytes of UTF-8. */
export const bytes = (text: string) => encoder.encode(text).length;
