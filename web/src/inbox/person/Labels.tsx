import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { Button } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { LabelChip } from '../app/LabelChip';
import { pick, useConversationActions } from '../app/triage';
import type { Conversation } from '../data/conversation';
import { labels } from '../data/queries';
import { Part } from './Part';

/** The labels of the conversation, put on and taken off. */
export function Labels({ conversation }: { conversation: Conversation }) {
  const { data: known = [] } = useQuery(labels());
  const acts = useConversationActions(conversation);
  const add = useRef<HTMLSpanElement>(null);
  const own = conversation.labels.flatMap((id) => known.find((label) => label.id === id) ?? []);
  return (
    <Part title={t('person.labels')}>
      <div className="flex flex-wrap items-center gap-1">
        {own.length === 0 && !acts.may && <p className="text-dense text-muted">{t('person.noLabels')}</p>}
        {own.map((label) => (
          <span key={label.id} className="inline-flex min-h-hit max-w-full items-center">
            <LabelChip label={label} />
            {acts.may && (
              <Pressable
                aria-label={t('person.takeOff', { name: label.name })}
                onPress={() => acts.unlabel(label.id)}
                className="inline-flex size-hit shrink-0 items-center justify-center rounded-control text-muted touch:size-touch data-[hovered]:bg-hover data-[hovered]:text-text"
              >
                <X className="size-icon-s" strokeWidth={1.75} aria-hidden />
              </Pressable>
            )}
          </span>
        ))}
        {acts.may && (
          <span ref={add}>
            <Button
              look="quiet"
              icon={Plus}
              onPress={() =>
                add.current?.firstElementChild && pick('label', [conversation], add.current.firstElementChild)
              }
            >
              {t('person.label.add')}
            </Button>
          </span>
        )}
      </div>
    </Part>
  );
}
