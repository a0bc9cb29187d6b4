import {
  AtSign,
  Clapperboard,
  ExternalLink,
  ImageOff,
  Images,
  Link2,
  Megaphone,
  MousePointerClick,
  ShoppingBag,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '../../../shared/clock';
import { left } from '../../../shared/time';
import { Prose } from '../../../shared/ui/Prose';
import { STANDARD } from '../../../shared/window';
import { t } from '../../../shared/words';
import { Picture } from './Media';
import type { Button, Card as TemplateCard, Part } from './shape';

const FRAME = 'w-card max-w-full overflow-hidden rounded-card border border-line bg-raised text-dense text-text';

function Head({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 px-3 py-2 text-meta text-muted">
      <Icon className="mt-px size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <span className="min-w-0 flex-1">{children}</span>
    </p>
  );
}

const STORY_ICONS = { reply: Images, mention: AtSign, share: Images } as const;

/** A story that is answered, shared or mentions the account, for as long as it can stand: 24 hours from then at most. */
export function Story({ part, name, time }: { part: Extract<Part, { is: 'story' }>; name: string; time: number }) {
  const now = useNow();
  const rest = time + STANDARD - now;
  const words = t(`talk.storyBy.${part.how}`, { name });
  if (rest <= 0 || !part.url) {
    return (
      <div className={FRAME}>
        <Head icon={ImageOff}>
          {words} · {t('talk.storyGone')}
        </Head>
      </div>
    );
  }
  return (
    <div className={FRAME}>
      <Head icon={STORY_ICONS[part.how]}>
        {words}
        <span className="block tabular-nums">{t('talk.storyLeft', { left: left(rest) })}</span>
      </Head>
      <div className="aspect-square border-t border-line">
        <Picture url={part.url} label={words} />
      </div>
    </div>
  );
}

/** A post or reel that was passed on: its picture where there is one, else the way to it. */
export function Share({ part, name }: { part: Extract<Part, { is: 'share' }>; name: string }) {
  // A permalink is a page, which is no picture.
  const page = part.url !== null && /^https?:\/\/(www\.)?instagram\.com\//i.test(part.url);
  const words = t(`talk.shareBy.${part.what}`, { name });
  return (
    <div className={FRAME}>
      <Head icon={part.what === 'reel' ? Clapperboard : Images}>{words}</Head>
      {!page && (
        <div className="aspect-4/3 border-t border-line">
          <Picture url={part.url} label={part.title || words} />
        </div>
      )}
      {(part.title !== '' || part.url !== null) && (
        <div className="border-t border-line px-3 py-2">
          {part.title !== '' && (
            <p className="line-clamp-2 font-medium" dir="auto">
              {part.title}
            </p>
          )}
          {part.url !== null && <Outward url={part.url}>{t(`talk.openShare.${part.what}`)}</Outward>}
        </div>
      )}
    </div>
  );
}

function Outward({ url, children }: { url: string; children: ReactNode }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      className="inline-flex min-h-hit items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
    >
      {children}
      <ExternalLink className="size-icon-s" strokeWidth={1.75} aria-hidden />
    </a>
  );
}

const REFERRAL_ICONS = { ad: Megaphone, product: ShoppingBag, link: Link2 } as const;

/** By what the person came. */
export function Referral({ part }: { part: Extract<Part, { is: 'referral' }> }) {
  return (
    <div className={FRAME}>
      <Head icon={REFERRAL_ICONS[part.how]}>{t(`talk.referral.${part.how}`)}</Head>
      {part.picture && (
        <div className="aspect-16/9 border-t border-line">
          <Picture url={part.picture} label={part.title || t('talk.referral.ad')} />
        </div>
      )}
      {(part.title || part.ref || part.id) && (
        <div className="border-t border-line px-3 py-2">
          {part.title && (
            <p className="font-medium" dir="auto">
              {part.title}
            </p>
          )}
          <dl className="text-meta text-muted">
            {part.id && <Fact name={t(part.how === 'product' ? 'talk.productId' : 'talk.adId')} value={part.id} />}
            {part.ref && <Fact name={t('talk.ref')} value={part.ref} />}
          </dl>
        </div>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt className="shrink-0">{name}</dt>
      <dd className="truncate font-mono" dir="ltr">
        {value}
      </dd>
    </div>
  );
}

/** What was tapped: a quick reply, or a button, ice breaker or menu item. */
export function Choice({ part }: { part: Extract<Part, { is: 'choice' }> }) {
  const title = part.title || part.payload || t('talk.tapped');
  return (
    <div className="w-fit max-w-full rounded-bubble border border-accent bg-surface px-3 py-2 text-text">
      <p className="flex items-center gap-2 text-meta text-muted">
        <MousePointerClick className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
        {t(part.how === 'quick_reply' ? 'talk.choseQuickReply' : 'talk.tappedButton')}
      </p>
      <p className="font-medium">
        <Prose text={title} />
      </p>
      {part.payload && part.payload !== title && (
        <p className="truncate font-mono text-meta text-muted" title={part.payload}>
          {part.payload}
        </p>
      )}
    </div>
  );
}

/** A template as it was sent: cards side by side, or a text over buttons. */
export function Template({ part }: { part: Extract<Part, { is: 'template' }> }) {
  const { cards, text, buttons } = part;
  if (cards.length === 0) {
    return (
      <div className={FRAME}>
        {text && (
          <p className="p-3">
            <Prose text={text} />
          </p>
        )}
        <Buttons buttons={buttons} />
      </div>
    );
  }
  return (
    <ul
      tabIndex={cards.length > 1 ? 0 : -1}
      aria-label={t('talk.template')}
      className="flex max-w-full snap-x gap-2 overflow-x-auto rounded-card"
    >
      {cards.map((card, index) => (
        <li key={index} className={`flex shrink-0 snap-start flex-col ${FRAME}`}>
          <span className="sr-only">{t('talk.card', { count: index + 1, total: cards.length })}</span>
          <Face card={card} />
          <Buttons buttons={card.buttons} />
        </li>
      ))}
    </ul>
  );
}

function Face({ card }: { card: TemplateCard }) {
  const title = card.title || (card.product ? t('talk.product', { id: card.product }) : t('talk.template'));
  return (
    <>
      {card.picture && (
        <div className="aspect-16/9">
          <Picture url={card.picture} label="" />
        </div>
      )}
      <div className="flex-1 p-3" dir="auto">
        <p className="font-medium wrap-anywhere">
          {card.url ? (
            <a href={card.url} target="_blank" rel="noopener noreferrer" className="underline-offset-2 hover:underline">
              {title}
            </a>
          ) : (
            title
          )}
        </p>
        {card.subtitle && <p className="wrap-anywhere text-muted">{card.subtitle}</p>}
      </div>
    </>
  );
}

const ROW =
  'flex min-h-menu w-full items-center justify-center gap-2 border-t border-line px-2 font-medium text-accent';

/** What the person could tap. Here a page opens; what answers an app is only shown. */
function Buttons({ buttons }: { buttons: readonly Button[] }) {
  return buttons.map((button, index) => {
    const title = button.title || t('talk.button');
    return button.url ? (
      <a
        key={index}
        href={button.url}
        target="_blank"
        rel="noopener noreferrer"
        className={`${ROW} -outline-offset-2 hover:bg-hover`}
      >
        <span className="truncate">{title}</span>
        <ExternalLink className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      </a>
    ) : (
      <p key={index} className={ROW}>
        <span className="truncate">{title}</span>
      </p>
    );
  });
}
