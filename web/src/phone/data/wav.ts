/**
 * A voice note as WAV, which the platform takes: browsers record in formats of their own, among them WebM, which it takes for
 * video only.
 */

/** Samples a second; enough for a voice. */
export const RATE = 16_000;

/** A WAV file of one channel of samples between -1 and 1. */
export function wav(samples: Float32Array, rate = RATE): ArrayBuffer {
  const bytes = new ArrayBuffer(44 + samples.length * 2);
  const view = new DataView(bytes);
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) =>
    view.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), true),
  );
  return bytes;
}

/** What a browser recorded, as WAV. */
export async function asWav(recording: Blob): Promise<Blob> {
  const context = new OfflineAudioContext(1, 1, RATE);
  const decoded = await context.decodeAudioData(await recording.arrayBuffer());
  return new Blob([wav(decoded.getChannelData(0))], { type: 'audio/wav' });
}
