import { lazy, Suspense } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { useDesk } from './Desk';
import { Initials } from './Initials';
import { MeShape } from './MeShape';
import { later } from './later';

const MePanel = lazy(async () => ({ default: (await later.me()).MePanel }));

/** Oneself: whether one takes conversations, how the page looks, going out. */
export function Me({ className }: { className: string }) {
  const { me } = useDesk();
  return (
    <DialogTrigger>
      <Button
        aria-label={t('inbox.me', { name: me.name })}
        className={`relative size-setting items-center justify-center rounded-control data-[hovered]:bg-hover ${className}`}
      >
        <Initials name={me.name} mine />
        <span
          aria-hidden
          className={`absolute end-2 bottom-2 size-dot rounded-full border border-surface ${me.available ? 'bg-open' : 'bg-closed'}`}
        />
      </Button>
      <Popover className={`${POPOVER} w-panel`} offset={4} placement="end bottom">
        <Dialog aria-label={t('inbox.me', { name: me.name })} className="outline-hidden">
          <Suspense fallback={<MeShape />}>
            <MePanel />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
