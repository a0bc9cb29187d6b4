import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { MessageSquare, SearchX, StickyNote, UserRound, type LucideIcon } from 'lucide-react';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import { useNow } from '../../shared/clock';
import { ago } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { EmptyState, ErrorState, Loading } from '../../shared/ui/states';
import { t, type Key } from '../../shared/words';
import { useGo } from '../app/go';
import type { Schemas } from '../data/api';
import type { View } from '../data/scope';
import { RowSkeletons } from './Skeletons';
import { marks } from './marks';
import { hits } from './queries';
import { ringWords } from './ring';
import { personName, type Facts } from './row';

type Hit = Schemas['Hit'];

const KINDS: Record<string, { icon: LucideIcon; word: Key }> = {
  person: { icon: UserRound, word: 'search.person' },
  message: { icon: MessageSquare, word: 'search.message' },
  note: { icon: StickyNote, word: 'search.note' },
};
const kindOf = (hit: Hit) => hit.name.split(':', 1)[0] ?? 'message';

interface Props {
  search: string;
  view: View;
  facts: Facts;
  open: string | null;
}

/** People, messages and notes that have all the words in them. */
export function SearchResults({ search, view, facts, open }: Props) {
  const go = useGo();
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...hits(search), placeholderData: keepPreviousData });
  if (!data && error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading className="min-h-0 flex-1 overflow-hidden">
        <RowSkeletons count={6} />
      </Loading>
    );
  }
  if (data.length === 0) {
    return (
      <div role="status">
        <EmptyState icon={SearchX} title={t('search.none', { text: search })}>
          {t('search.noneWhy')}
        </EmptyState>
      </div>
    );
  }
  const people = data.filter((hit) => kindOf(hit) === 'person');
  const rest = data.filter((hit) => kindOf(hit) !== 'person');
  const conversationOf = (name: string) => data.find((hit) => hit.name === name)?.conversation.id;
  return (
    <div
      data-found
      className={`min-h-0 flex-1 overflow-y-auto transition-opacity ${isPlaceholderData ? 'opacity-60' : ''}`}
    >
      <p role="status" className="sr-only">
        {t('search.count', { count: data.length })}
      </p>
      <ListBox
        aria-label={t('search.title')}
        className="outline-hidden"
        onAction={(name) => {
          const id = conversationOf(String(name));
          if (id) go.open(view, id, open !== null);
        }}
      >
        <Section title={t('search.people')} found={people} {...{ search, facts, open }} />
        <Section title={t('search.places')} found={rest} {...{ search, facts, open }} />
      </ListBox>
    </div>
  );
}

interface SectionProps extends Omit<Props, 'view'> {
  title: string;
  found: readonly Hit[];
}

function Section({ title, found, search, facts, open }: SectionProps) {
  if (found.length === 0) return null;
  return (
    <ListBoxSection>
      <Header className="px-4 pt-2 pb-1 text-meta font-medium text-muted">{title}</Header>
      {found.map((hit) => (
        <ListBoxItem
          key={hit.name}
          id={hit.name}
          textValue={personName(hit.conversation)}
          data-conversation-hit={hit.conversation.id}
          className={`flex h-conversation items-center gap-3 border-s-2 border-s-transparent ps-2 pe-3 -outline-offset-2! data-[focused]:bg-hover data-[hovered]:bg-hover ${hit.conversation.id === open ? 'bg-hover' : ''}`}
        >
          <Found hit={hit} search={search} facts={facts} />
        </ListBoxItem>
      ))}
    </ListBoxSection>
  );
}

function Found({ hit, search, facts }: { hit: Hit; search: string; facts: Facts }) {
  const now = useNow(60_000);
  const { conversation, text, happened_time } = hit;
  const { icon: Icon, word } = KINDS[kindOf(hit)] ?? KINDS['message']!;
  const account = facts.connections.size > 1 ? facts.connections.get(conversation.connection)?.username : undefined;
  return (
    <>
      <Avatar
        name={personName(conversation)}
        picture={conversation.profile.picture}
        size="l"
        opened={conversation.person_time}
        says={ringWords}
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-2">
          <bdi className="truncate font-medium">{personName(conversation)}</bdi>
          {account && <span className="truncate text-meta text-muted">{account}</span>}
          <span className="ms-auto shrink-0 text-meta text-muted tabular-nums">{ago(happened_time, now)}</span>
        </span>
        <span className="flex items-center gap-1 text-dense text-muted">
          <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-label={t(word)} role="img" />
          <span dir="auto" className="min-w-0 flex-1 truncate [text-align:match-parent]">
            {marks(text, search).map((part, index) =>
              part.found ? (
                <mark key={index} className="rounded-control bg-note font-medium text-text">
                  {part.text}
                </mark>
              ) : (
                <span key={index}>{part.text}</span>
              ),
            )}
          </span>
        </span>
      </span>
    </>
  );
}
