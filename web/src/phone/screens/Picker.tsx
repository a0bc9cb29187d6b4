import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Search, UserPlus, Users, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { answer, api, reason } from '../../shared/api/client';
import { Avatar } from '../../shared/ui/Avatar';
import { Button, IconButton } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { people } from '../data/queries';
import { nameOf, openedLast, type Person } from '../person';

const STATUS = { deactivated: 'picker.status.deactivated', deleted: 'picker.status.deleted' } as const;

interface Props {
  pick: (username: string) => void;
  /** Somebody whom the address names and who is not there. */
  missing: string | null;
  /** Puts the phone away, where there are others. */
  close: (() => void) | null;
}

/** Who is to be: the first screen of a new phone. */
export function Picker({ pick, missing, close }: Props) {
  const { data, error, refetch } = useQuery(people());
  const [text, setText] = useState(missing ?? '');
  const wanted = text.trim().toLowerCase();
  const found = data?.data.filter((it) => `${it.username} ${it.name ?? ''}`.toLowerCase().includes(wanted));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-2 px-4 pt-4 pb-3">
        <div className="flex items-center justify-between">
          <h2 className="text-page font-semibold">{t('picker.title')}</h2>
          {close && <IconButton icon={X} label={t('handset.closeBlank')} onPress={close} className="desk:hidden" />}
        </div>
        <p className="text-dense text-muted">{t('picker.lead')}</p>
        <Field label={t('picker.search')} icon={Search} value={text} onChange={setText} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={found?.length === 0 ? 0 : -1}>
        {found ? (
          <ul aria-label={t('picker.list')} className="px-2">
            {found.map((person) => (
              <PersonRow key={person.username} person={person} pick={() => pick(person.username)} />
            ))}
          </ul>
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <Loading className="px-2">
            {[1, 2, 3, 4, 5, 6].map((n) => (
              <RowSkeleton key={n} />
            ))}
          </Loading>
        )}
        {found?.length === 0 && (
          <EmptyState icon={Users} title={wanted ? t('picker.none', { text: text.trim() }) : t('picker.empty')} />
        )}
      </div>
      <NewPerson pick={pick} />
    </div>
  );
}

export function RowSkeleton() {
  return (
    <span className="flex h-conversation items-center gap-3 px-2">
      <Skeleton className="size-avatar-l rounded-full" />
      <span className="flex flex-1 flex-col gap-2">
        <Skeleton className="h-3 w-1/3" />
        <Skeleton className="h-3 w-2/3" />
      </span>
    </span>
  );
}

function PersonRow({ person, pick }: { person: Person; pick: () => void }) {
  const status = STATUS[person.status as keyof typeof STATUS];
  return (
    <li>
      <Pressable
        onPress={pick}
        className="flex h-conversation w-full items-center gap-3 rounded-card px-2 text-start data-[hovered]:bg-hover data-[pressed]:bg-bubble"
      >
        <Avatar name={nameOf(person)} picture={person.profile_pic} size="l" opened={openedLast(person)} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{nameOf(person)}</span>
          <span className="block truncate text-dense text-muted">
            @{person.username} · {status ? t(status) : t('picker.followers', { count: person.follower_count })}
          </span>
        </span>
      </Pressable>
    </li>
  );
}

function NewPerson({ pick }: { pick: (username: string) => void }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => {
      const body = { username, ...(name.trim() ? { name: name.trim() } : {}) };
      return answer(api.POST('/_parlance/people', { body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['people'] });
      pick(username);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (!open) {
    return (
      <div className="border-t border-line p-3">
        <Button look="quiet" icon={UserPlus} onPress={() => setOpen(true)} className="w-full">
          {t('picker.new')}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-line p-4">
      <Field
        label={t('picker.username')}
        help={t('picker.usernameHelp')}
        value={username}
        onChange={(text) => setUsername(text.toLowerCase())}
        wrong={create.error ? reason(create.error) : undefined}
        autoFocus
        autoComplete="off"
      />
      <Field label={t('picker.name')} value={name} onChange={setName} autoComplete="off" />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={() => setOpen(false)}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" isDisabled={username === '' || create.isPending}>
          {t('picker.create')}
        </Button>
      </div>
    </form>
  );
}
