import { Inbox, Languages } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../../shared/ui/Menu';
import { ThemeButton } from '../../shared/ui/ThemeButton';
import { keepLanguage, languages, t, tag } from '../../shared/words';

/** What stands around coming in: the name of the product, and the choices that a page without anybody has. */
export function Door({ title, lead, children }: { title: string; lead?: string | undefined; children: ReactNode }) {
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-paper">
      <main id="content" className="flex flex-1 flex-col items-center justify-center-safe gap-6 p-4 desk:p-6">
        <p className="flex items-center gap-2 text-head font-semibold">
          <Inbox className="size-icon text-accent" strokeWidth={1.75} aria-hidden />
          {t('door.label')}
        </p>
        <section className="flex w-full max-w-door flex-col gap-4 rounded-card border border-line bg-surface p-4 desk:p-6">
          <header className="flex flex-col gap-1">
            <h1 className="text-page font-semibold">{title}</h1>
            {lead && <p className="text-dense wrap-anywhere text-muted">{lead}</p>}
          </header>
          {children}
        </section>
      </main>
      <footer className="flex justify-center gap-1 p-2">
        <LanguageMenu />
        <ThemeButton />
      </footer>
    </div>
  );
}

function LanguageMenu() {
  const current = languages.find((language) => language.tag === tag());
  const choices = languages.map((language) => ({
    id: language.tag,
    label: language.name,
    run: () => {
      keepLanguage(language.tag);
      location.reload();
    },
  }));
  return <Menu icon={Languages} label={t('door.language', { name: current?.name ?? '' })} choices={choices} />;
}

/** A mistake that stands at no field. */
export function Wrong({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-control bg-danger-quiet px-3 py-2 text-dense text-danger">
      {children}
    </p>
  );
}
