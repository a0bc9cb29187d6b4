import { ExternalLink } from 'lucide-react';
import { Button as Pressable } from 'react-aria-components';
import { here } from '../../shared/api/client';
import { Prose } from '../../shared/ui/Prose';
import { t } from '../../shared/words';
import { Unknown } from './Unknown';

interface TemplateButton {
  type: string;
  title: string;
  url?: string;
}

interface Element {
  id?: string;
  title?: string;
  subtitle?: string;
  image_url?: string;
  default_action?: { url?: string };
  buttons?: TemplateButton[];
}

/** A template as the surface gives it; its schema is that of the Graph API. */
export interface TemplateBody {
  template_type: string;
  text?: string;
  buttons?: TemplateButton[];
  elements?: Element[];
}

/** Only what a browser opens as a page. */
export const safe = (url: string | undefined) => (url && /^https?:\/\//i.test(url) ? url : undefined);

/** Cards, or a text over buttons. */
export function Template({ template, tap }: { template: TemplateBody; tap: (title: string) => void }) {
  if (template.template_type === 'button') {
    return (
      <div className="w-card max-w-full overflow-hidden rounded-card border border-line bg-raised">
        <p className="p-3">
          <Prose text={template.text ?? ''} />
        </p>
        <Buttons buttons={template.buttons ?? []} tap={tap} />
      </div>
    );
  }
  const elements = template.elements;
  if (!elements || !['generic', 'product'].includes(template.template_type)) {
    return <Unknown kind={template.template_type} raw={template} />;
  }
  return (
    <ul
      tabIndex={elements.length > 1 ? 0 : -1}
      aria-label={t('snippet.template')}
      className="flex max-w-full snap-x gap-2 overflow-x-auto rounded-card"
    >
      {elements.map((element, index) => (
        <li
          key={index}
          className="flex w-card max-w-full shrink-0 snap-start flex-col overflow-hidden rounded-card border border-line bg-raised"
        >
          <span className="sr-only">{t('message.card', { count: index + 1, total: elements.length })}</span>
          <Card element={element} />
          <Buttons buttons={element.buttons ?? []} tap={tap} />
        </li>
      ))}
    </ul>
  );
}

function Card({ element }: { element: Element }) {
  const title = element.title ?? t('message.product', { id: element.id ?? '' });
  const link = safe(element.default_action?.url);
  return (
    <>
      {element.image_url && (
        <img src={here(element.image_url)} alt="" className="aspect-16/9 w-full bg-bubble object-cover" />
      )}
      <div className="flex-1 p-3">
        <p className="font-medium">
          {link ? (
            <a href={link} target="_blank" rel="noopener noreferrer" className="underline-offset-2 hover:underline">
              {title}
            </a>
          ) : (
            title
          )}
        </p>
        {element.subtitle && <p className="text-dense text-muted">{element.subtitle}</p>}
      </div>
    </>
  );
}

const ROW =
  'flex min-h-setting w-full items-center justify-center gap-2 border-t border-line px-2 text-dense font-medium text-accent hover:bg-hover -outline-offset-2';

/** What may be tapped: a page opens at once and nobody is told, the rest reaches the app. */
function Buttons({ buttons, tap }: { buttons: TemplateButton[]; tap: (title: string) => void }) {
  return buttons.map((button, index) =>
    button.type === 'web_url' ? (
      <a
        key={index}
        href={safe(button.url)}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t('message.opens', { title: button.title })}
        className={ROW}
      >
        {button.title}
        <ExternalLink className="size-icon-s" strokeWidth={1.75} aria-hidden />
      </a>
    ) : (
      <Pressable key={index} onPress={() => tap(button.title)} className={ROW}>
        {button.title}
      </Pressable>
    ),
  );
}
