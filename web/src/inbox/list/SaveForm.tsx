import { useState, type FormEvent } from 'react';
import { reason } from '../../shared/api/client';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { Switch } from '../../shared/ui/Switch';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { notices } from '../app/notices';
import { may } from '../data/may';
import { useSaveView } from './useViews';

/** Asks under which name a view is to be kept, and for whom. */
export function SaveForm({ query, done }: { query: string; done: () => void }) {
  const { me } = useDesk();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveView();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    save.mutate(
      { name: name.trim(), query, shared },
      {
        onSuccess: (view) => {
          done();
          notices.tell({ text: t('view.savedAs', { name: view.name }), failed: false });
        },
      },
    );
  };
  return (
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
  );
}
