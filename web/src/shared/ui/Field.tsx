import type { LucideIcon } from 'lucide-react';
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  help?: string;
  /** Why what is there cannot be taken. */
  wrong?: string | undefined;
  /** Shows the label to those who listen only; the placeholder says it to the others. */
  icon?: LucideIcon;
  placeholder?: string;
}

/** One line of text with its label. */
export function Field({ label, help, wrong, icon: Icon, placeholder, ...props }: Props) {
  const bare = Icon !== undefined;
  return (
    // What is wrong the server says; a browser that refused to submit would keep a mistake from being tried again.
    <TextField
      {...props}
      validationBehavior="aria"
      isInvalid={wrong !== undefined}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={bare ? 'sr-only' : 'text-meta font-medium text-muted'}>{label}</Label>
      <span className="relative flex items-center">
        {Icon && (
          <Icon
            className="pointer-events-none absolute start-2 size-icon-s text-muted"
            strokeWidth={1.75}
            aria-hidden
          />
        )}
        <Input
          placeholder={placeholder ?? (bare ? label : '')}
          className={`min-h-menu w-full min-w-0 rounded-control border border-control bg-raised text-body placeholder:text-muted touch:min-h-touch data-[invalid]:border-danger ${Icon ? 'ps-8 pe-2' : 'px-2'}`}
        />
      </span>
      {wrong ? <FieldError className="text-meta text-danger">{wrong}</FieldError> : null}
      {help && !wrong && (
        <Text slot="description" className="text-meta text-muted">
          {help}
        </Text>
      )}
    </TextField>
  );
}
