import { BookmarkPlus } from 'lucide-react';
import { useMemo, useState, type FormEvent } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { reason } from '../../shared/api/client';
import { Button, IconButton } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { POPOVER } from '../../shared/ui/Menu';
import { Switch } from '../../shared/ui/Switch';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { useActions } from '../app/actions';
import { notices } from '../app/notices';
import { may } from '../data/may';
import { useSaveView } from './useViews';

/** Keeps the list as it is narrowed now, under a name. */
export function SaveView({ query }: { query: string }) {
  const { me } = useDesk();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveView();
  useActions(
    useMemo(
      () => [{ id: 'list.save', label: t('act.save'), group: 'list', icon: BookmarkPlus, run: () => setOpen(true) }],
      [],
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    save.mutate(
      { name: name.trim(), query, shared },
      {
        onSuccess: (view) => {
          setOpen(false);
          setName('');
          setShared(false);
          notices.tell({ text: t('view.savedAs', { name: view.name }), failed: false });
        },
      },
    );
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <IconButton icon={BookmarkPlus} size="s" label={t('view.save')} />
      <Popover className={POPOVER} offset={4} placement="bottom end">
        <Dialog aria-label={t('view.save')} className="w-panel p-3 outline-hidden">
          <form onSubmit={submit} className="flex flex-col gap-3">
            <Field
              label={t('view.name')}
              value={name}
              onChange={setName}
              maxLength={60}
              autoFocus
              wrong={save.error ? reason(save.error) : undefined}
            />
            {may(me.role, 'arrange') && <Switch label={t('view.share')} isSelected={shared} onChange={setShared} />}
            <Button look="primary" type="submit" isDisabled={name.trim() === '' || save.isPending}>
              {t('common.save')}
            </Button>
          </form>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
