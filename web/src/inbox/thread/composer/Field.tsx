import { useQuery } from '@tanstack/react-query';
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { t } from '../../../shared/words';
import { answer, api, type Schemas } from '../../data/api';
import { agents, cannedReplies } from '../../data/queries';
import { useThreadDesk } from '../context';
import { Options, type Option } from './Options';
import { at, matching, named, slash } from './suggest';

export interface FieldHandle {
  focus: () => void;
}

interface Props {
  conversation: string;
  mode: 'reply' | 'note';
  label: string;
  placeholder: string;
  value: string;
  disabled: boolean;
  invalid: boolean;
  describedBy: string | undefined;
  change: (text: string) => void;
  mention: (agent: Pick<Schemas['Agent'], 'id' | 'name'>) => void;
  submit: () => void;
  leave: () => void;
  paste: (files: readonly File[]) => void;
  handle: Ref<FieldHandle>;
}

/** So many are offered at once. */
const OFFERED = 30;

/** Where one writes: it grows to ten lines, Enter sends, `/` offers canned replies, `@` in a note offers agents. */
export function Field(props: Props) {
  const { conversation, mode, value, disabled, change } = props;
  const { me } = useThreadDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [closed, setClosed] = useState<string | null>(null);
  const [picked, setPicked] = useState(0);
  useImperativeHandle(props.handle, () => ({ focus: () => area.current?.focus() }));

  const typed = mode === 'reply' ? slash(value, caret) : at(value, caret);
  const isOpen = typed !== null && !disabled && closed !== value;
  const canned = useQuery({ ...cannedReplies(), enabled: isOpen && mode === 'reply' }).data;
  const team = useQuery({ ...agents(), enabled: isOpen && mode === 'note' }).data;
  const query = typed?.query ?? '';
  const replies = matching(canned ?? [], query, (one) => [one.shortcut, one.title, one.text]).slice(0, OFFERED);
  const people = matching(
    (team ?? []).filter((one) => one.active && one.id !== me),
    query,
    (one) => [one.name, one.email],
  ).slice(0, OFFERED);
  const options: Option[] =
    mode === 'reply'
      ? replies.map((one) => ({ id: one.id, sign: `/${one.shortcut}`, title: one.title, detail: one.text }))
      : people.map((one) => ({ id: one.id, sign: '@', title: one.name, detail: one.email }));
  const known = mode === 'reply' ? canned !== undefined : team !== undefined;
  const shown = isOpen && known && (options.length > 0 || mode === 'reply');
  const active = Math.min(picked, Math.max(0, options.length - 1));

  const put = (text: string, position: number) => {
    change(text);
    setClosed(text);
    setPicked(0);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(position, position);
      setCaret(position);
    });
  };
  const choose = async (index: number) => {
    if (mode === 'note') {
      const agent = people[index];
      if (!agent || !typed) return;
      const done = named(value, typed, caret, agent.name);
      props.mention(agent);
      return put(done.text, done.caret);
    }
    const reply = replies[index];
    if (!reply) return;
    setClosed(value);
    // As it reads in this conversation; where that cannot be asked for, as it was written.
    const params = { path: { id: conversation, reply: reply.id } };
    const filled = await answer(api.GET('/inbox/api/conversations/{id}/canned_replies/{reply}', { params })).catch(
      () => reply,
    );
    put(filled.text, filled.text.length);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // A key that ends the composing of a character is no key of ours.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (shown && options.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        return setPicked((active + step + options.length) % options.length);
      }
      if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
        event.preventDefault();
        return void choose(active);
      }
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      return shown ? setClosed(value) : props.leave();
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      props.submit();
    }
  };
  const look = () => setCaret(area.current?.selectionStart ?? 0);
  return (
    <div className="relative min-w-0 flex-1">
      {shown && (
        <Options
          id={`${id}-options`}
          label={t(mode === 'reply' ? 'write.canned' : 'write.people')}
          options={options}
          active={active}
          empty={t('write.noCanned')}
          choose={(index) => void choose(index)}
        />
      )}
      <span role="status" className="sr-only">
        {shown && options.length > 0 ? t('write.offered', { count: options.length }) : ''}
      </span>
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-controls={shown && options.length > 0 ? `${id}-options` : undefined}
        aria-haspopup="listbox"
        aria-activedescendant={shown && options.length > 0 ? `${id}-options-${active}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        placeholder={props.placeholder}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          setPicked(0);
          setClosed(null);
          setCaret(event.target.selectionStart);
          change(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={look}
        onClick={look}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          props.paste(files);
        }}
        className={`field-sizing-content block max-h-writing min-h-menu w-full resize-none rounded-card border px-3 py-1 text-body text-text placeholder:text-muted disabled:opacity-60 touch:min-h-touch touch:py-3 ${mode === 'note' ? 'bg-note' : 'bg-raised'} ${props.invalid ? 'border-danger' : 'border-control'}`}
      />
    </div>
  );
}
