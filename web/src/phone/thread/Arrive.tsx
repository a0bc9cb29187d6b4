import { Link2, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { Button, IconButton } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { t } from '../../shared/words';
import type { Arrival } from './arrival';

const WAYS = [
  ['link', 'arrive.link'],
  ['ad', 'arrive.ad'],
  ['product', 'arrive.product'],
] as const;

/** Asks by what a person came: an ig.me link, an ad, a product's page. */
export function Arrive({ arrive, close }: { arrive: (arrival: Arrival) => void; close: () => void }) {
  const [by, setBy] = useState<Arrival['by']>('link');
  const [ref, setRef] = useState('');
  const [id, setId] = useState('120210000000000001');
  const [title, setTitle] = useState('');
  const [product, setProduct] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (by === 'link') arrive({ by, ref: ref.trim() });
    if (by === 'ad') arrive({ by, id: id.trim(), title: title.trim(), ref: ref.trim() });
    if (by === 'product') arrive({ by, id: product.trim() });
  };
  const ready = { link: ref.trim() !== '', ad: id.trim() !== '', product: product.trim() !== '' }[by];
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-line p-3">
      <RadioGroup value={by} onChange={(value) => setBy(value as Arrival['by'])} className="flex flex-col gap-2">
        <div className="flex items-center gap-2">
          <Label className="flex-1 font-medium">{t('arrive.title')}</Label>
          <IconButton icon={X} size="s" label={t('common.close')} onPress={close} />
        </div>
        <div className="flex gap-1">
          {WAYS.map(([way, words]) => (
            <Radio
              key={way}
              value={way}
              className="flex min-h-menu flex-1 items-center justify-center rounded-control border border-control px-2 text-dense touch:min-h-touch data-[focus-visible]:outline-2 data-[hovered]:bg-hover data-[selected]:border-accent data-[selected]:bg-accent-quiet data-[selected]:text-accent"
            >
              {t(words)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {by === 'link' && (
        <Field label={t('arrive.ref')} help={t('arrive.refHelp')} value={ref} onChange={setRef} autoFocus />
      )}
      {by === 'ad' && (
        <>
          <Field label={t('arrive.adTitle')} value={title} onChange={setTitle} />
          <Field label={t('arrive.adId')} value={id} onChange={setId} />
          <Field label={t('arrive.adRef')} value={ref} onChange={setRef} />
        </>
      )}
      {by === 'product' && <Field label={t('arrive.productId')} value={product} onChange={setProduct} />}
      <Button look="primary" type="submit" icon={Link2} isDisabled={!ready}>
        {t('arrive.go')}
      </Button>
    </form>
  );
}
