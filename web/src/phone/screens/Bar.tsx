import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../shared/ui/Button';
import { t } from '../../shared/words';
import { useMove } from '../move';

/** The head of a screen: back, what it is, and what can be done with it. */
export function Bar({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  const { back } = useMove();
  return (
    <header className="flex min-h-bar shrink-0 items-center gap-1 border-b border-line ps-1 pe-2">
      <IconButton icon={ArrowLeft} label={t('common.back')} onPress={back} className="rtl:-scale-x-100" />
      <div className="min-w-0 flex-1">{children}</div>
      {actions}
    </header>
  );
}

export function Title({ children }: { children: ReactNode }) {
  return <h2 className="truncate text-head font-semibold">{children}</h2>;
}
