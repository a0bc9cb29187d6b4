import type { RefObject } from 'react';
import { FieldError, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  help?: string | undefined;
  /** Why what is there cannot be taken. */
  wrong?: string | undefined;
  placeholder?: string;
  /** Lines that are seen without scrolling. */
  rows?: number;
  field?: RefObject<HTMLTextAreaElement | null>;
}

/** Several lines of text with their label. */
export function TextBox({ label, help, wrong, placeholder = '', rows = 3, field, ...props }: Props) {
  return (
    <TextField
      {...props}
      validationBehavior="aria"
      isInvalid={wrong !== undefined}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className="text-meta font-medium text-muted">{label}</Label>
      <TextArea
        {...(field ? { ref: field } : {})}
        rows={rows}
        dir="auto"
        placeholder={placeholder}
        className="w-full min-w-0 resize-y rounded-control border border-control bg-raised px-2 py-1 text-body placeholder:text-muted data-[invalid]:border-danger"
      />
      {wrong ? <FieldError className="text-meta text-danger">{wrong}</FieldError> : null}
      {help && !wrong && (
        <Text slot="description" className="text-meta text-muted">
          {help}
        </Text>
      )}
    </TextField>
  );
}
