import { BadgeCheck, Check, Copy, UserRoundCheck, UserRoundPlus, UsersRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { worldTime } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import type { Conversation } from '../data/conversation';

/** Picture and name, and what the platform tells of somebody. */
export function Who({ conversation }: { conversation: Conversation }) {
  const { profile, person_time, first_time, customer } = conversation;
  const name = profile.name ?? profile.username ?? t('talk.somebody');
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar name={name} picture={profile.picture} size="xl" opened={person_time ?? null} />
        <p className="flex max-w-full items-center gap-1 pt-1 text-head font-semibold">
          <span className="min-w-0 wrap-anywhere" dir="auto">
            {name}
          </span>
          {profile.verified && (
            <BadgeCheck
              className="size-icon-s shrink-0 text-accent"
              strokeWidth={1.75}
              role="img"
              aria-label={t('person.verified')}
            />
          )}
        </p>
        {profile.username && (
          <p className="max-w-full truncate text-dense text-muted" dir="ltr">
            @{profile.username}
          </p>
        )}
      </div>
      <ul className="flex flex-col gap-1 text-dense" aria-label={t('person.facts')}>
        {typeof profile.followers === 'number' && (
          <Fact icon={UsersRound}>{t('person.followers', { count: profile.followers })}</Fact>
        )}
        {typeof profile.follows_business === 'boolean' && (
          <Fact icon={profile.follows_business ? UserRoundCheck : UserRoundPlus}>
            {t(profile.follows_business ? 'person.follows' : 'person.followsNot')}
          </Fact>
        )}
        {typeof profile.followed_by_business === 'boolean' && (
          <Fact icon={profile.followed_by_business ? UserRoundCheck : UserRoundPlus}>
            {t(profile.followed_by_business ? 'person.followed' : 'person.followedNot')}
          </Fact>
        )}
      </ul>
      <dl className="flex flex-col gap-1 text-dense">
        <Named name={t('person.firstSeen')}>
          <time dateTime={new Date(first_time).toISOString()}>{worldTime(first_time)}</time>
        </Named>
        <Named name={t('person.igsid')}>
          <span className="min-w-0 truncate font-mono tabular-nums" dir="ltr">
            {customer}
          </span>
          <CopyButton text={customer} />
        </Named>
      </dl>
    </div>
  );
}

function Fact({ icon: Icon, children }: { icon: typeof Check; children: string }) {
  return (
    <li className="flex items-center gap-2">
      <Icon className="size-icon-s shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
      {children}
    </li>
  );
}

export function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-hit items-center justify-between gap-3">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">{children}</dd>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  return (
    <IconButton
      icon={copied ? Check : Copy}
      size="s"
      label={copied ? t('common.copied') : t('person.copyId')}
      onPress={copy}
    />
  );
}
