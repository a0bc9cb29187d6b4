import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '../words';
import { Button } from './Button';

interface Props {
  label: string;
  /** What is copied. */
  value: string;
  /** How it is shown, where that differs. */
  shown?: string;
}

/** Something to be carried elsewhere as it is: an id, an address, a secret. */
export function CopyLine({ label, value, shown = value }: Props) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const word = copied ? t('common.copied') : t('common.copy');
  const copy = () => void navigator.clipboard?.writeText(value).then(() => setCopied(true));
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span id={id} className="text-meta font-medium text-muted">
        {label}
      </span>
      <span className="flex min-w-0 items-center gap-2">
        <output
          aria-labelledby={id}
          dir="ltr"
          className="min-w-0 flex-1 rounded-control bg-bubble px-2 py-1 font-mono text-dense break-all select-all"
        >
          {shown}
        </output>
        <Button icon={copied ? Check : Copy} onPress={copy} aria-label={`${word}: ${label}`}>
          {word}
        </Button>
      </span>
    </div>
  );
}
