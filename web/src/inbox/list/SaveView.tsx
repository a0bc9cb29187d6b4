import { BookmarkPlus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { IconButton } from '../../shared/ui/Button';
import { POPOVER } from '../../shared/ui/Menu';
import { Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { useActions } from '../app/actions';
import { later } from '../app/later';

const SaveForm = lazy(async () => ({ default: (await later.save()).SaveForm }));

/** Keeps the list as it is narrowed now, under a name. */
export function SaveView({ query }: { query: string }) {
  const [open, setOpen] = useState(false);
  useActions(
    useMemo(
      () => [{ id: 'list.save', label: t('act.save'), group: 'list', icon: BookmarkPlus, run: () => setOpen(true) }],
      [],
    ),
  );
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <IconButton icon={BookmarkPlus} size="s" label={t('view.save')} />
      <Popover className={POPOVER} offset={4} placement="bottom end">
        <Dialog aria-label={t('view.save')} className="w-panel p-3 outline-hidden">
          <Suspense fallback={<Skeleton className="h-12 w-full" />}>
            <SaveForm query={query} done={() => setOpen(false)} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
