import { useEffect, useRef, useState } from 'react';
import { asWav } from '../data/wav';

/** Whether this page may ask for a microphone at all. */
export const canRecord = () => typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined;

interface Recording {
  recorder: MediaRecorder;
  parts: Blob[];
  since: number;
}

/** A voice note under way. Nothing is kept open once it is finished, thrown away, or out of sight. */
export function useRecorder() {
  const [recording, setRecording] = useState<Recording | null>(null);
  const [elapsed, setElapsed] = useState(0);
  const current = useRef<Recording | null>(null);

  const end = () => {
    current.current?.recorder.stream.getTracks().forEach((track) => track.stop());
    current.current = null;
    setRecording(null);
  };
  useEffect(() => end, []);
  useEffect(() => {
    if (!recording) return;
    const timer = setInterval(() => setElapsed(Date.now() - recording.since), 250);
    return () => clearInterval(timer);
  }, [recording]);

  return {
    isRecording: recording !== null,
    elapsed,
    /** Answers whether there is a microphone. */
    start: async (): Promise<boolean> => {
      if (!canRecord()) return false;
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const made: Recording = { recorder: new MediaRecorder(stream), parts: [], since: Date.now() };
        made.recorder.ondataavailable = (event) => made.parts.push(event.data);
        made.recorder.start();
        current.current = made;
        setElapsed(0);
        setRecording(made);
        return true;
      } catch {
        return false;
      }
    },
    /** The voice note, as a file that the platform takes. */
    finish: async (): Promise<Blob | null> => {
      const made = current.current;
      if (!made) return null;
      const stopped = new Promise((done) => (made.recorder.onstop = done));
      made.recorder.stop();
      await stopped;
      end();
      return asWav(new Blob(made.parts, { type: made.recorder.mimeType }));
    },
    discard: end,
  };
}
