import { FileText, ImageOff, Music, VideoOff, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../../shared/words';

/** Where a file was that is there no more, or is not told yet. */
export function Gone({ icon: Icon = ImageOff, children }: { icon?: LucideIcon; children?: ReactNode }) {
  return (
    <span className="flex size-full items-center justify-center gap-2 rounded-card border border-dashed border-control bg-surface p-3 text-center text-dense text-muted">
      <Icon className="size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
      <span>{children ?? t('talk.gone')}</span>
    </span>
  );
}

/** A picture in a box whose size is known before it comes, so that nothing jumps. */
export function Picture({
  url,
  label,
  fit = 'cover',
}: {
  url: string | null;
  label: string;
  fit?: 'cover' | 'contain';
}) {
  const [gone, setGone] = useState<string | null>(null);
  if (!url || gone === url) return <Gone />;
  return (
    <img
      src={url}
      alt={label}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setGone(url)}
      className={`size-full bg-bubble ${fit === 'cover' ? 'object-cover' : 'object-contain'}`}
    />
  );
}

/** Opens what is shown small, in a page of its own. */
function Whole({ url, label, children }: { url: string | null; label: string; children: ReactNode }) {
  if (!url || url.startsWith('blob:')) return children;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      aria-label={label}
      className="block size-full -outline-offset-2"
    >
      {children}
    </a>
  );
}

/** One picture whole; several as a grid of squares. */
export function Photos({ urls, name }: { urls: readonly (string | null)[]; name: string }) {
  const label = t('talk.photoBy', { name });
  const whole = t('talk.openPhoto', { name });
  if (urls.length === 1) {
    return (
      <div className="aspect-4/3 w-card max-w-full overflow-hidden rounded-bubble border border-line bg-bubble">
        <Whole url={urls[0]!} label={whole}>
          <Picture url={urls[0]!} label={label} fit="contain" />
        </Whole>
      </div>
    );
  }
  return (
    <div className="grid w-card max-w-full grid-cols-2 gap-px overflow-hidden rounded-bubble border border-line">
      {urls.map((url, index) => (
        <div key={index} className={urls.length % 2 === 1 && index === 0 ? 'col-span-2 aspect-2/1' : 'aspect-square'}>
          <Whole url={url} label={whole}>
            <Picture url={url} label={label} />
          </Whole>
        </div>
      ))}
    </div>
  );
}

export function Video({ url, name }: { url: string | null; name: string }) {
  const [gone, setGone] = useState(false);
  return (
    <div className="aspect-4/3 w-card max-w-full overflow-hidden rounded-bubble border border-line bg-bubble">
      {url && !gone ? (
        <video
          controls
          preload="metadata"
          src={url}
          aria-label={t('talk.videoBy', { name })}
          onError={() => setGone(true)}
          className="size-full"
        />
      ) : (
        <Gone icon={VideoOff} />
      )}
    </div>
  );
}

export function Audio({ url, name }: { url: string | null; name: string }) {
  const [gone, setGone] = useState(false);
  return (
    <div className="h-bar w-card max-w-full">
      {url && !gone ? (
        <audio
          controls
          preload="metadata"
          src={url}
          aria-label={t('talk.audioBy', { name })}
          onError={() => setGone(true)}
          className="size-full"
        />
      ) : (
        <Gone icon={Music} />
      )}
    </div>
  );
}

export function File({ url, title }: { url: string | null; title: string }) {
  if (!url) {
    return (
      <div className="h-bar w-card max-w-full">
        <Gone icon={FileText} />
      </div>
    );
  }
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      className="flex min-h-bar w-card max-w-full items-center gap-3 rounded-card border border-line bg-raised px-3 text-dense text-text hover:bg-hover"
    >
      <FileText className="size-icon shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
      <span className="truncate" dir="auto">
        {title || t('talk.openFile')}
      </span>
    </a>
  );
}
