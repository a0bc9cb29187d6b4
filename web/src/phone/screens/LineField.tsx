import { Input, TextField } from 'react-aria-components';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  /** On the dark ground of a story. */
  story?: boolean;
}

/** One line to write in, whose label is its name. */
export function LineField({ label, placeholder, value, onChange, story = false }: Props) {
  const look = story
    ? 'border-on-story-muted bg-story text-on-story placeholder:text-on-story-muted'
    : 'border-control bg-raised text-text placeholder:text-muted';
  return (
    <TextField aria-label={label} value={value} onChange={onChange} className="min-w-0 flex-1">
      <Input
        placeholder={placeholder}
        className={`min-h-menu w-full rounded-bubble border px-3 text-body touch:min-h-touch ${look}`}
      />
    </TextField>
  );
}
