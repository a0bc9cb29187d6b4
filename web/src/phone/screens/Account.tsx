import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Clapperboard, Images, Megaphone, MoreHorizontal, Radio, UserX } from 'lucide-react';
import { useEffect } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { answer, api, here } from '../../shared/api/client';
import { useNow } from '../../shared/clock';
import { millis } from '../../shared/time';
import { Avatar } from '../../shared/ui/Avatar';
import { Button } from '../../shared/ui/Button';
import { Menu } from '../../shared/ui/Menu';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../shared/ui/states';
import { t } from '../../shared/words';
import { Failure } from '../Failure';
import { perform, useAct } from '../data/acts';
import { posts, stories, type Post } from '../data/posts';
import { accounts, contacts } from '../data/queries';
import { useMove } from '../move';
import { Bar, Title } from './Bar';
import { relationChoices } from './Home';

/** An account's profile: what it published, and how one stands to it. */
export function Account({ me, account: username }: { me: string; account: string }) {
  const { to } = useMove();
  const client = useQueryClient();
  const now = useNow();
  const { data, error, refetch } = useQuery(accounts());
  const contact = useQuery(contacts(me)).data?.data.find((it) => it.username === username);
  const act = useAct(me);
  const account = data?.data.find((it) => it.username === username);
  useEffect(() => {
    // Nobody is told, as on Instagram.
    perform(me, { do: 'visit', account: username }).catch(() => undefined);
  }, [me, username]);
  const publish = useMutation({
    mutationFn: (body: { media_product_type: string; caption: string }) =>
      answer(api.POST('/_parlance/accounts/{username}/media', { params: { path: { username } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const name = account?.name ?? username;
  const choices = [
    ...(contact ? relationChoices(contact, act.mutate, () => undefined).filter((it) => it.id !== 'profile') : []),
    {
      id: 'story',
      label: t('account.publishStory', { name }),
      run: () => publish.mutate({ media_product_type: 'STORY', caption: t('account.storyCaption') }),
    },
    {
      id: 'post',
      label: t('account.publishPost', { name }),
      run: () => publish.mutate({ media_product_type: 'FEED', caption: t('account.postCaption') }),
    },
  ];
  const telling = account ? stories(account.media, now).length > 0 : false;
  return (
    <>
      <Bar actions={<Menu icon={MoreHorizontal} label={t('relation.menu', { name })} choices={choices} />}>
        <Title>{username}</Title>
      </Bar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {!data && error && <ErrorState error={error} retry={() => void refetch()} />}
        {!data && !error && <ProfileSkeleton />}
        {data && !account && <EmptyState icon={UserX} title={t('account.gone')} />}
        {account && (
          <>
            <div className="flex flex-col gap-3 p-4">
              <div className="flex items-center gap-4">
                <Avatar
                  name={account.name}
                  picture={account.profile_pic}
                  size="xl"
                  opened={contact?.thread?.window_time ? millis(contact.thread.window_time) : undefined}
                />
                <div className="min-w-0">
                  <p className="truncate text-head font-semibold">{account.name}</p>
                  <p className="text-dense text-muted">{t('account.followers', { count: account.followers_count })}</p>
                  {telling && (
                    <Button look="link" className="-ms-1" onPress={() => to({ at: 'story', account: username })}>
                      {t('home.stories')}
                    </Button>
                  )}
                </div>
              </div>
              {account.biography && <p className="text-dense">{account.biography}</p>}
              <div className="flex gap-2">
                <Button
                  look={contact?.follows ? 'plain' : 'primary'}
                  className="flex-1"
                  onPress={() => act.mutate({ do: contact?.follows ? 'unfollow' : 'follow', account: username })}
                >
                  {contact?.follows ? t('relation.following') : t('relation.follow')}
                </Button>
                <Button className="flex-1" onPress={() => to({ at: 'thread', account: username })}>
                  {t('relation.message')}
                </Button>
              </div>
            </div>
            <Grid
              media={posts(account.media)}
              name={account.name}
              open={(media) => to({ at: 'post', account: username, media })}
            />
          </>
        )}
      </div>
      <Failure error={act.error ?? publish.error} dismiss={() => (act.reset(), publish.reset())} />
    </>
  );
}

const KINDS = {
  LIVE: [Radio, 'account.live'],
  REELS: [Clapperboard, 'account.reel'],
  AD: [Megaphone, 'account.ad'],
} as const;

function Grid({ media, name, open }: { media: readonly Post[]; name: string; open: (id: string) => void }) {
  if (media.length === 0) {
    return (
      <EmptyState icon={Images} title={t('account.noPosts')}>
        {t('account.noPostsWhy', { name })}
      </EmptyState>
    );
  }
  return (
    <ul aria-label={t('account.posts')} className="grid grid-cols-3 gap-px border-t border-line">
      {media.map((post) => {
        const [Icon, words] = KINDS[post.media_product_type as keyof typeof KINDS] ?? [];
        return (
          <li key={post.id} className="relative aspect-square">
            <Pressable
              aria-label={t('account.postOf', { caption: post.caption || t('account.noCaption') })}
              onPress={() => open(post.id)}
              className="block size-full -outline-offset-4 data-[hovered]:opacity-90"
            >
              <img src={here(post.url)} alt="" className="size-full object-cover" loading="lazy" />
            </Pressable>
            {Icon && (
              <span className="pointer-events-none absolute end-1 top-1 flex items-center gap-1 rounded-control bg-raised px-1 text-meta">
                <Icon className="size-icon-s" strokeWidth={1.75} aria-hidden />
                {t(words)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function ProfileSkeleton() {
  return (
    <Loading className="flex flex-col gap-4 p-4">
      <span className="flex items-center gap-4">
        <Skeleton className="size-avatar-xl rounded-full" />
        <span className="flex flex-1 flex-col gap-2">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-3 w-1/3" />
        </span>
      </span>
      <Skeleton className="h-menu w-full" />
      <span className="grid grid-cols-3 gap-px">
        {[1, 2, 3, 4, 5, 6].map((n) => (
          <Skeleton key={n} className="aspect-square w-full" />
        ))}
      </span>
    </Loading>
  );
}
