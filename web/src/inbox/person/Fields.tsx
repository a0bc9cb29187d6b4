import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { reason } from '../../shared/api/client';
import { Button, IconButton } from '../../shared/ui/Button';
import { Field as TextField } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api } from '../data/api';
import { may } from '../data/may';
import { refreshThread } from '../data/thread';
import { Part } from './Part';
import { MOST, withField, without, wrongWith, type Field } from './fields';

/** Which field is being written: one that there is, a new one, or none. */
type At = number | 'new' | null;

/** What agents note of a person under names of their own. */
export function Fields({ id, fields }: { id: string; fields: readonly Field[] }) {
  const { me } = useDesk();
  const [at, setAt] = useState<At>(null);
  const allowed = may(me.role, 'triage');
  const close = () => setAt(null);
  if (fields.length === 0 && !allowed) return null;
  return (
    <Part title={t('person.fields')}>
      <ul className="flex flex-col gap-1 text-dense">
        {fields.map((field, index) =>
          at === index ? (
            <li key={index}>
              <Writing id={id} fields={fields} at={index} close={close} />
            </li>
          ) : (
            <li key={index} className="flex min-h-hit items-center gap-2">
              <span className="max-w-1/2 shrink-0 truncate text-muted" title={field.name} dir="auto">
                {field.name}
              </span>
              <span className="min-w-0 flex-1 text-end wrap-anywhere" dir="auto">
                {field.value}
              </span>
              {allowed && (
                <IconButton
                  icon={Pencil}
                  size="s"
                  label={t('person.field.edit', { name: field.name })}
                  onPress={() => setAt(index)}
                />
              )}
            </li>
          ),
        )}
      </ul>
      {at === 'new' && <Writing id={id} fields={fields} at={null} close={close} />}
      {allowed && at !== 'new' && fields.length < MOST && (
        <div>
          <Button look="quiet" icon={Plus} onPress={() => setAt('new')} className="-ms-2">
            {t('person.field.add')}
          </Button>
        </div>
      )}
    </Part>
  );
}

interface WritingProps {
  id: string;
  fields: readonly Field[];
  /** The field that is changed; null for a new one. */
  at: number | null;
  close: () => void;
}

function Writing({ id, fields, at, close }: WritingProps) {
  const client = useQueryClient();
  const before = at === null ? { name: '', value: '' } : fields[at]!;
  const [field, setField] = useState<Field>(before);
  const put = useMutation({
    mutationFn: (all: Field[]) => {
      const params = { path: { id } };
      return answer(api.PUT('/inbox/api/conversations/{id}/fields', { params, body: { fields: all } }));
    },
    onSuccess: async () => {
      await refreshThread(client, id);
      close();
    },
  });
  const wrong = wrongWith(fields, at, field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong === null && !put.isPending) put.mutate(withField(fields, at, field));
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      noValidate
      className="flex flex-col gap-2 rounded-card border border-line bg-raised p-2"
    >
      <TextField
        label={t('person.field.name')}
        value={field.name}
        onChange={(name) => setField({ ...field, name })}
        autoComplete="off"
        autoFocus={at === null}
        wrong={wrong && wrong !== 'empty' && wrong !== 'longValue' ? t(`person.field.${wrong}`) : undefined}
      />
      <TextField
        label={t('person.field.value')}
        value={field.value}
        onChange={(value) => setField({ ...field, value })}
        autoComplete="off"
        autoFocus={at !== null}
        wrong={wrong === 'longValue' ? t('person.field.longValue') : undefined}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" type="submit" isPending={put.isPending} isDisabled={wrong !== null}>
          {t('common.save')}
        </Button>
        <Button look="quiet" onPress={close}>
          {t('common.cancel')}
        </Button>
        {at !== null && (
          <Button look="danger" isPending={put.isPending} onPress={() => put.mutate(without(fields, at))}>
            {t('person.field.remove')}
          </Button>
        )}
      </div>
      {put.error && (
        <p role="alert" className="text-dense text-danger">
          {reason(put.error)}
        </p>
      )}
    </form>
  );
}
