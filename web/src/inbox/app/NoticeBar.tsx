import { CircleCheck, TriangleAlert, Undo2, X } from 'lucide-react';
import { useMemo } from 'react';
import { Button, IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { useActions, type Action } from './actions';
import { notices, useNotice } from './notices';

/** What was done last, or could not be done, at the bottom of the page. */
export function NoticeBar() {
  const notice = useNotice();
  const undo = notice && !notice.failed ? notice.action : undefined;
  useActions(
    useMemo<Action[]>(() => {
      if (!undo || !notice) return [];
      const run = () => {
        notices.dismiss(notice.id);
        undo.run();
      };
      return [{ id: 'notice.undo', label: undo.label, group: 'conversation', icon: Undo2, keys: 'z', run }];
    }, [undo, notice]),
  );
  const Icon = notice?.failed ? TriangleAlert : CircleCheck;
  return (
    <div
      role={notice?.failed ? 'alert' : 'status'}
      className="pointer-events-none fixed inset-x-0 bottom-12 z-30 flex justify-center px-3 desk:bottom-4"
    >
      {notice && (
        <div
          className={`pointer-events-auto flex min-h-setting max-w-full items-center gap-2 rounded-card border bg-raised ps-3 pe-1 text-dense ${notice.failed ? 'border-danger' : 'border-line'}`}
        >
          <Icon
            className={`size-icon-s shrink-0 ${notice.failed ? 'text-danger' : 'text-open'}`}
            strokeWidth={1.75}
            aria-hidden
          />
          <span className="min-w-0 py-2">{notice.text}</span>
          {notice.action && (
            <Button
              look="link"
              onPress={() => {
                notices.dismiss(notice.id);
                notice.action?.run();
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton icon={X} size="s" label={t('inbox.dismiss')} onPress={() => notices.dismiss(notice.id)} />
        </div>
      )}
    </div>
  );
}
