import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { t } from '../../shared/words';
import { Pickers } from '../list/pick/Pickers';
import { useLiveLists } from '../list/live';
import { sendsOf } from '../thread/composer/desk';
import { useDesk } from './Desk';
import { LostBar } from './LostBar';
import { NoticeBar } from './NoticeBar';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { useKeyboard } from './keys';
import { useSettingsActions } from '../settings/actions';

/** The rail, what one is looking at beside it, and above it word of a lost connection. */
export function Shell({ children }: { children: ReactNode }) {
  useKeyboard();
  useLiveLists();
  const router = useRouter();
  useSettingsActions();
  useWhatWaits();
  return (
    <RouterProvider navigate={(href) => router.history.push(href)}>
      <div className="flex h-full flex-col bg-paper">
        <a
          href="#content"
          className="sr-only z-30 bg-accent text-dense font-medium text-on-accent focus:not-sr-only focus:absolute focus:px-3 focus:py-2"
        >
          {t('inbox.skip')}
        </a>
        <LostBar />
        <div className="flex min-h-0 flex-1 flex-col-reverse desk:flex-row">
          <Rail />
          <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 outline-hidden">
            {children}
          </main>
        </div>
        <NoticeBar />
        <Pickers />
        <Palette />
      </div>
    </RouterProvider>
  );
}

/** What an earlier tab could not send is sent as soon as somebody is in, whatever they look at. */
function useWhatWaits() {
  const client = useQueryClient();
  const { me } = useDesk();
  useEffect(() => void sendsOf(client, me.id), [client, me.id]);
}
