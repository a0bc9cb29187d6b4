import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Label,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { Avatar } from '../../shared/ui/Avatar';
import { POPOVER } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import { hits } from '../list/queries';
import { ringWords } from '../list/ring';
import { personName } from '../list/row';
import { KeySigns } from './KeySigns';
import { useAllActions, type Action } from './actions';
import { useGo } from './go';
import { closePalette } from './palettes';
import { listed, type Section } from './palette';
import { recentActions, rememberAction } from './recent';

/** Letters from which on people are looked for. */
const PEOPLE_FROM = 2;
const PERSON = 'person:';

/** All that can be done, narrowed by typing; and people, by name. */
export function PaletteDialog() {
  const all = useAllActions();
  const go = useGo();
  const [text, setText] = useState('');
  const [recent] = useState(recentActions);
  const sections = useMemo(
    () =>
      listed(
        all.filter(({ id }) => id !== 'palette'),
        text,
        recent,
      ),
    [all, text, recent],
  );
  const wanted = text.trim();
  const { data: found = [] } = useQuery({ ...hits(wanted), enabled: wanted.length >= PEOPLE_FROM });
  const people = found.filter(({ name }) => name.startsWith(PERSON)).map(({ conversation }) => conversation);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // At once, also where something was typed.
    event.preventDefault();
    event.stopPropagation();
    closePalette();
  };
  const choose = (id: string) => {
    closePalette();
    if (id.startsWith(PERSON)) return go.open('all', id.slice(PERSON.length));
    const action = all.find((one) => one.id === id.split('/')[1]);
    if (!action) return;
    rememberAction(action.id);
    // What it opens takes the focus once this is closed.
    setTimeout(action.run);
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && closePalette()}
      className="fixed inset-0 z-40 flex justify-center bg-scrim p-3 desk:items-start desk:pt-12"
    >
      <Modal className={`${POPOVER} flex max-h-full w-palette max-w-full flex-col self-start overflow-hidden`}>
        <Dialog aria-label={t('palette.title')} className="flex min-h-0 flex-col outline-hidden">
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField autoFocus className="relative flex shrink-0 items-center border-b border-line">
              <Label className="sr-only">{t('palette.find')}</Label>
              <Search
                className="pointer-events-none absolute start-3 size-icon-s text-muted"
                strokeWidth={1.75}
                aria-hidden
              />
              <Input
                placeholder={t('palette.find')}
                onKeyDownCapture={leave}
                className="min-h-bar w-full min-w-0 bg-transparent ps-8 pe-3 text-body outline-hidden placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
            <div tabIndex={0} className="max-h-palette-tall min-h-0 overflow-y-auto -outline-offset-2!">
              <Menu
                aria-label={t('palette.title')}
                onAction={(id) => choose(String(id))}
                renderEmptyState={() => (
                  <p className="p-3 text-dense text-muted">{t('palette.none', { text: wanted })}</p>
                )}
                className="p-1 outline-hidden"
              >
                {sections.map((section) => (
                  <Actions key={section.name} section={section} />
                ))}
                {people.length > 0 && (
                  <MenuSection>
                    <Header className="px-2 pt-2 pb-1 text-meta font-medium text-muted">{t('palette.people')}</Header>
                    {people.map((one) => (
                      <MenuItem key={one.id} id={PERSON + one.id} textValue={personName(one)} className={ITEM}>
                        <Avatar
                          name={personName(one)}
                          picture={one.profile.picture}
                          size="s"
                          opened={one.person_time}
                          says={ringWords}
                        />
                        <bdi className="truncate">{personName(one)}</bdi>
                        <span className="truncate text-meta text-muted">{one.profile.username}</span>
                      </MenuItem>
                    ))}
                  </MenuSection>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const ITEM =
  'flex min-h-menu items-center gap-3 rounded-control px-2 text-dense outline-hidden touch:min-h-touch data-[focused]:bg-hover';

function Actions({ section: { name, title, actions } }: { section: Section }) {
  return (
    <MenuSection>
      <Header className="px-2 pt-2 pb-1 text-meta font-medium text-muted">{title}</Header>
      {actions.map((action) => (
        <Item key={action.id} id={`${name}/${action.id}`} action={action} />
      ))}
    </MenuSection>
  );
}

function Item({ id, action }: { id: string; action: Action }) {
  const { label, icon: Icon, keys } = action;
  return (
    <MenuItem id={id} textValue={label} className={ITEM}>
      {Icon ? (
        <Icon className="size-icon-s shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
      ) : (
        <span className="size-icon-s shrink-0" />
      )}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {keys && <KeySigns keys={keys} />}
    </MenuItem>
  );
}
