import { CircleAlert, MessagesSquare, X } from 'lucide-react';
import { Button, IconButton } from '../../../shared/ui/Button';
import { t } from '../../../shared/words';
import { useThreadDesk } from '../context';
import { line } from '../line';
import type { Returned as Why } from './writing';

interface Props {
  returned: Why;
  sendAnyway: () => void;
  dismiss: () => void;
}

/** Why what was sent came back: what is new since its author looked, or why it cannot be sent. */
export function Returned({ returned, sendAnyway, dismiss }: Props) {
  const desk = useThreadDesk();
  const { newer, message } = returned;
  if (!newer) {
    return (
      <div
        role="alert"
        className="flex items-start gap-2 rounded-card bg-danger-quiet px-3 py-2 text-dense text-danger"
      >
        <CircleAlert className="mt-px size-icon-s shrink-0" strokeWidth={1.75} aria-hidden />
        <p className="min-w-0 flex-1">{t('write.refused', { reason: message })}</p>
        <IconButton icon={X} size="s" label={t('common.close')} onPress={dismiss} />
      </div>
    );
  }
  const agent = (id: string | null | undefined) =>
    id ? (desk.names.get(id) ?? t('talk.formerAgent')) : t('talk.elsewhere');
  const lines = [
    ...newer.messages.map((one) => ({
      key: one.mid,
      name: one.side === 'person' ? desk.person : agent(one.agent),
      text: line(one),
    })),
    ...newer.outbox.map((one) => ({
      key: one.id,
      name: agent(one.agent),
      text: one.body && 'text' in one.body ? one.body.text : t('talk.sending'),
    })),
  ];
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-card border border-human bg-raised px-3 py-2 text-dense">
      <p className="flex items-start gap-2 font-medium">
        <MessagesSquare className="mt-px size-icon-s shrink-0 text-human" strokeWidth={1.75} aria-hidden />
        {t('write.newer', { count: lines.length })}
      </p>
      <ul className="max-h-composer overflow-y-auto ps-6">
        {lines.map(({ key, name, text }) => (
          <li key={key} className="line-clamp-2" dir="auto">
            <span className="font-medium">{name}:</span> {text}
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center gap-2 ps-6">
        <Button look="primary" onPress={sendAnyway}>
          {t('write.sendAnyway')}
        </Button>
        <Button onPress={dismiss}>{t('write.keepEditing')}</Button>
      </p>
    </div>
  );
}
