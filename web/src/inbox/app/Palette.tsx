import { Command, Keyboard } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { t } from '../../shared/words';
import { useActions } from './actions';
import { later, useLaterParts } from './later';
import { openPalette, useOpenPalette } from './palettes';
import { useScreenActions } from './screenActions';

const PaletteDialog = lazy(async () => ({ default: (await later.palette()).PaletteDialog }));
const KeysDialog = lazy(async () => ({ default: (await later.keys()).KeysDialog }));

/** The palette of all actions, and the list of keys. */
export function Palette() {
  const open = useOpenPalette();
  useScreenActions();
  useLaterParts();
  useActions(
    useMemo(
      () => [
        {
          id: 'palette',
          label: t('palette.title'),
          group: 'view',
          icon: Command,
          keys: 'mod+k',
          run: () => openPalette('all'),
        },
        {
          id: 'keys',
          label: t('keys.title'),
          group: 'view',
          icon: Keyboard,
          keys: '?',
          run: () => openPalette('keys'),
        },
      ],
      [],
    ),
  );
  return (
    <Suspense fallback={null}>
      {open === 'all' && <PaletteDialog />}
      {open === 'keys' && <KeysDialog />}
    </Suspense>
  );
}
