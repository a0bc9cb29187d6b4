import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../shared/ui/Button';
import { t } from '../../../shared/words';
import { useDesk } from '../../app/Desk';
import { LabelSign } from '../../app/LabelChip';
import { useGo } from '../../app/go';
import { closePick } from '../../app/picks';
import type { Conversation } from '../../data/conversation';
import { may } from '../../data/may';
import { labels } from '../../data/queries';
import { PickList } from './PickList';
import type { PickProps } from './OpenList';

type Have = 'all' | 'some' | 'none';

/** How many of the conversations have a label. */
export function have(label: string, conversations: readonly Conversation[]): Have {
  const count = conversations.filter((one) => one.labels.includes(label)).length;
  return count === 0 ? 'none' : count === conversations.length ? 'all' : 'some';
}

/** Puts labels on and takes them off, several one after another. */
export function LabelPick({ conversations, change, typed }: PickProps) {
  const { me } = useDesk();
  const go = useGo();
  const { data } = useQuery(labels());
  const all = data ?? [];
  const [changed, setChanged] = useState<ReadonlyMap<string, Have>>(new Map());
  const state = (id: string) => changed.get(id) ?? have(id, conversations);
  const choose = (label: string) => {
    const on = state(label) !== 'all';
    setChanged(new Map(changed).set(label, on ? 'all' : 'none'));
    change({ do: on ? 'label' : 'unlabel', label }, true);
  };
  const settings = () => {
    closePick();
    go.settings('labels');
  };
  const none = (
    <div className="flex flex-col items-start gap-2">
      <p>{t('pick.noLabels')}</p>
      {may(me.role, 'arrange') && (
        <Button look="link" onPress={settings}>
          {t('pick.noLabelsDo')}
        </Button>
      )}
    </div>
  );
  const signs = { all: Check, some: Minus, none: null };
  return (
    <PickList
      label={t('pick.label')}
      find={t('pick.labelFind')}
      choose={choose}
      typed={typed}
      empty={all.length === 0 ? none : undefined}
      groups={
        data === undefined
          ? []
          : [
              {
                options: all.map(({ id, name, colour }) => {
                  const now = state(id);
                  const Sign = signs[now];
                  return {
                    id,
                    name,
                    icon: <LabelSign colour={colour} />,
                    aside: Sign && <Sign className="size-icon-s text-accent" strokeWidth={2} aria-hidden />,
                    says:
                      now === 'all'
                        ? t('pick.labelOn', { name })
                        : now === 'some'
                          ? t('pick.labelSome', { name })
                          : name,
                  };
                }),
              },
            ]
      }
    />
  );
}
