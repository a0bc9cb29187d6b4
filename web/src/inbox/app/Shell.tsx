import type { ReactNode } from 'react';
import { LostBar } from './LostBar';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { useKeyboard } from './keys';
import { useSettingsActions } from '../settings/actions';

/** The rail, what one is looking at beside it, and above it word of a lost connection. */
export function Shell({ children }: { children: ReactNode }) {
  useKeyboard();
  useSettingsActions();
  return (
    <div className="flex h-full flex-col bg-paper">
      <LostBar />
      <div className="flex min-h-0 flex-1 flex-col-reverse desk:flex-row">
        <Rail />
        <main id="content" className="flex min-h-0 min-w-0 flex-1">
          {children}
        </main>
      </div>
      <Palette />
    </div>
  );
}
