import { X } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../../shared/ui/Button';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { KeySigns } from './KeySigns';
import { useAllActions } from './actions';
import { singleKeys } from './keys';
import { grouped } from './palette';
import { closePalette } from './palettes';

/** Every key that does something here and now. */
export function KeysDialog() {
  const sections = grouped(useAllActions().filter(({ keys }) => keys !== undefined));
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && closePalette()}
      className="fixed inset-0 z-40 flex items-center justify-center bg-scrim p-3"
    >
      <Modal className={`${POPOVER} flex max-h-full w-keys max-w-full flex-col overflow-hidden`}>
        <Dialog className="flex min-h-0 flex-col outline-hidden">
          <header className="flex min-h-bar shrink-0 items-center border-b border-line ps-4 pe-2">
            <Heading slot="title" className="flex-1 text-head font-semibold">
              {t('keys.title')}
            </Heading>
            <IconButton icon={X} label={t('common.close')} onPress={closePalette} />
          </header>
          <div tabIndex={0} className="min-h-0 overflow-y-auto p-4 -outline-offset-2!">
            {!singleKeys() && <p className="pb-3 text-dense text-muted">{t('keys.off')}</p>}
            <div className="gap-8 desk:columns-2">
              {sections.map(({ name, title, actions }) => (
                <section key={name} className="break-inside-avoid pb-4">
                  <h3 className="pb-1 text-meta font-medium text-muted">{title}</h3>
                  <dl>
                    {actions.map(({ id, label, keys }) => (
                      <div key={id} className="flex min-h-menu items-center justify-between gap-3 text-dense">
                        <dt className="min-w-0 truncate">{label}</dt>
                        <dd>
                          <KeySigns keys={keys!} />
                        </dd>
                      </div>
                    ))}
                  </dl>
                </section>
              ))}
            </div>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
