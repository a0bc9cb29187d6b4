import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Tag } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Label as FieldLabel, Radio, RadioGroup } from 'react-aria-components';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import { LabelChip, LabelSign } from '../app/LabelChip';
import { answer, api, type Schemas } from '../data/api';
import { labels } from '../data/queries';
import { Collection } from './Collection';
import { Submit, Sure } from './parts';

type Label = Schemas['Label'];
type Colour = Schemas['Colour'];

const COLOURS: readonly Colour[] = ['teal', 'green', 'amber', 'red', 'violet', 'slate'];

/** The labels that conversations can have. */
export function Labels() {
  return (
    <Collection
      query={useQuery(labels())}
      label={t('settings.labels')}
      none={{ icon: Tag, title: t('settings.labels.none'), why: t('settings.labels.noneWhy') }}
      add={t('settings.labels.add')}
      summary={(label) => <LabelChip label={label} />}
      form={(done) => <LabelForm label={null} done={() => done(null)} />}
    >
      {(label) => (
        <>
          <LabelForm label={label} done={() => undefined} />
          <Remove label={label} />
        </>
      )}
    </Collection>
  );
}

/** Makes a label, or changes one; `done` is told when that is over. */
function LabelForm({ label, done }: { label: Label | null; done: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState<Colour>(label?.colour ?? 'teal');
  const put = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), colour };
      return label
        ? answer(api.PUT('/inbox/api/labels/{id}', { params: { path: { id: label.id } }, body }))
        : answer(api.POST('/inbox/api/labels', { body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: labels().queryKey });
      done();
    },
  });
  const isSame = label !== null && name.trim() === label.name && colour === label.colour;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!put.isPending) put.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('settings.name')} value={name} onChange={setName} autoComplete="off" autoFocus={label === null} />
      <ColourChoice value={colour} onChange={setColour} />
      <div className="flex flex-wrap items-center gap-3">
        <Submit
          label={label ? t('common.save') : t('settings.labels.make')}
          of={put}
          isDisabled={isSame || name.trim() === ''}
        />
        {!label && (
          <Button look="quiet" onPress={done}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function ColourChoice({ value, onChange }: { value: Colour; onChange: (value: Colour) => void }) {
  return (
    <RadioGroup value={value} onChange={(next) => onChange(next as Colour)} className="flex flex-col gap-1">
      <FieldLabel className="text-meta font-medium text-muted">{t('settings.colour')}</FieldLabel>
      <div className="flex flex-wrap gap-1">
        {COLOURS.map((colour) => (
          <Radio
            key={colour}
            value={colour}
            className="flex min-h-menu items-center gap-2 rounded-control border border-control px-2 text-dense touch:min-h-touch data-[focus-visible]:outline-2 data-[hovered]:bg-hover data-[selected]:border-accent data-[selected]:bg-accent-quiet data-[selected]:font-medium"
          >
            <LabelSign colour={colour} />
            {t(`colour.${colour}`)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

function Remove({ label }: { label: Label }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/inbox/api/labels/{id}', { params: { path: { id: label.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: labels().queryKey }),
  });
  return (
    <div className="border-t border-line pt-2">
      <Sure
        label={t('settings.labels.remove')}
        question={t('settings.labels.sure', { name: label.name })}
        run={() => remove.mutate()}
        of={remove}
      />
    </div>
  );
}
