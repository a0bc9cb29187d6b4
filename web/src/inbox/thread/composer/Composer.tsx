import { useQueryClient } from '@tanstack/react-query';
import { CornerDownRight, Paperclip, PenLine, SendHorizontal, StickyNote, X } from 'lucide-react';
import { useContext, useId, useRef, useState, type DragEvent, type RefObject } from 'react';
import { reason } from '../../../shared/api/client';
import { Offset, useNow } from '../../../shared/clock';
import { IconButton } from '../../../shared/ui/Button';
import { t } from '../../../shared/words';
import { answer, api, type Schemas } from '../../data/api';
import { refreshThread } from '../../data/thread';
import type { Message } from '../content/shape';
import { useThreadDesk } from '../context';
import { line } from '../line';
import { bytes, COUNTED, MOST } from './bytes';
import { Field, type FieldHandle } from './Field';
import { ACCEPT } from './files';
import { outgoing } from './outgoing';
import { newestOf } from './returned';
import { Returned } from './Returned';
import type { Sends } from './sends';
import { Tray } from './Tray';
import { useAttachments } from './useAttachments';
import { useDraft } from './useDraft';
import { WindowBar } from './WindowBar';
import { windowLine } from './windowLine';
import { useWriting, type Composer as Store } from './writing';

interface Props {
  conversation: Schemas['Conversation'];
  store: Store;
  sends: Sends;
  /** The newest thing on screen, as a send names it. */
  lastSeen: () => string | null;
  /** The messages that are shown, of which one may be answered. */
  messages: readonly Message[];
  /** Is called with every key that is typed. */
  typed: () => void;
  /** Gives the keyboard back to the messages. */
  leave: () => void;
  field: RefObject<FieldHandle | null>;
  picker: RefObject<HTMLInputElement | null>;
}

/** Where one answers, or writes a note: what may be sent and until when, the tray, the field. */
export function Composer({ conversation, store, sends, lastSeen, messages, typed, leave, field, picker }: Props) {
  const { id } = conversation;
  const client = useQueryClient();
  const desk = useThreadDesk();
  const offset = useContext(Offset);
  const now = useNow(1_000);
  const describe = useId();
  const writing = useWriting(store);
  const { mode, text, note, files, replyTo, returned } = writing;
  const attachments = useAttachments(id, store);
  const [noteProblem, setNoteProblem] = useState<string | null>(null);
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  useDraft(id, store, desk.mayWrite);

  const window = windowLine(conversation.person_time ?? null, now);
  const isNote = mode === 'note';
  const value = isNote ? note : text;
  const length = isNote ? 0 : bytes(text);
  const over = length > MOST;
  const answered = replyTo === null ? null : (messages.find(({ mid }) => mid === replyTo) ?? null);
  const uploading = files.some((file) => file.state !== 'ready');
  const shut = !isNote && !window.mayAnswer;
  const hasSomething = isNote ? note.trim() !== '' : text.trim() !== '' || files.length > 0;
  const ready = desk.mayWrite && hasSomething && !over && !shut && (isNote || !uploading);

  const send = (seen: string | null) => {
    const after = messages.reduce((last, message) => Math.max(last, message.seq), 0);
    const part = { conversation: id, lastSeen: seen, after, time: Date.now() + offset };
    attachments.forget();
    const said = text.trim();
    sends.add(outgoing(said, replyTo, files).map((one) => ({ ...part, key: crypto.randomUUID(), ...one })));
    store.set({ text: '', files: [], replyTo: null, returned: null });
    store.synced('');
  };
  const write = async () => {
    setNoteProblem(null);
    const said = note.trim();
    const mentions = writing.mentions.filter(({ name }) => said.includes(`@${name}`)).map((one) => one.id);
    store.set({ note: '', mentions: [] });
    const params = { path: { id } };
    try {
      await answer(api.POST('/inbox/api/conversations/{id}/notes', { params, body: { text: said, mentions } }));
      await refreshThread(client, id);
    } catch (error) {
      // What was written since stands behind it.
      const since = store.state();
      store.set({
        note: [said, since.note].filter(Boolean).join('\n'),
        mentions: [...writing.mentions, ...since.mentions],
      });
      setNoteProblem(reason(error));
    }
  };
  const submit = () => {
    if (!ready) return;
    if (isNote) void write();
    else send(lastSeen());
  };
  const over_ = (event: DragEvent, step: number) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current += step;
    setDropping(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    depth.current = 0;
    setDropping(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    attachments.add([...event.dataTransfer.files]);
  };

  if (!desk.mayWrite) {
    return (
      <div className="flex flex-col gap-1 border-t border-line bg-surface px-4 py-3">
        <WindowBar line={window} />
        <p className="text-dense text-muted">{t('write.readOnly')}</p>
      </div>
    );
  }
  return (
    <section
      aria-label={t('write.label')}
      onDragEnter={(event) => over_(event, 1)}
      onDragLeave={(event) => over_(event, -1)}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={drop}
      className={`flex flex-col gap-2 border-t bg-surface px-4 py-2 ${dropping ? 'border-accent bg-accent-quiet' : 'border-line'}`}
    >
      {returned && (
        <Returned
          returned={returned}
          sendAnyway={() => {
            send(newestOf(returned.newer, lastSeen()));
            field.current?.focus();
          }}
          dismiss={() => {
            store.set({ returned: null });
            field.current?.focus();
          }}
        />
      )}
      {attachments.problems.length > 0 && (
        <Problem close={attachments.forget}>
          {attachments.problems.map((problem) => (
            <span key={problem} className="block">
              {problem}
            </span>
          ))}
        </Problem>
      )}
      {noteProblem && (
        <Problem close={() => setNoteProblem(null)}>{t('write.noteFailed', { reason: noteProblem })}</Problem>
      )}
      {conversation.standby && !isNote && <p className="text-dense text-human">{t('write.standby')}</p>}
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <div role="group" aria-label={t('write.what')} className="flex gap-1">
          <Tab icon={PenLine} isOn={!isNote} choose={() => store.set({ mode: 'reply' })}>
            {t('write.reply')}
          </Tab>
          <Tab icon={StickyNote} isOn={isNote} choose={() => store.set({ mode: 'note' })}>
            {t('write.note')}
          </Tab>
        </div>
        {isNote ? <p className="text-dense text-muted">{t('write.noteWhy')}</p> : <WindowBar line={window} />}
      </div>
      {replyTo !== null && !isNote && (
        <p className="flex items-center gap-2 text-dense text-muted">
          <CornerDownRight className="size-icon-s shrink-0 rtl:-scale-x-100" strokeWidth={1.75} aria-hidden />
          <span className="min-w-0 flex-1 truncate" dir="auto">
            {t('write.answers', { text: answered ? line(answered) : t('talk.earlierMessage') })}
          </span>
          <IconButton icon={X} size="s" label={t('write.answersNot')} onPress={() => store.set({ replyTo: null })} />
        </p>
      )}
      {files.length > 0 && !isNote && <Tray files={files} remove={attachments.remove} again={attachments.again} />}
      <div className="flex items-end gap-2">
        {!isNote && <AttachButton disabled={shut} picker={picker} add={attachments.add} />}
        <Field
          key={mode}
          handle={field}
          conversation={id}
          mode={mode}
          label={t(isNote ? 'write.noteLabel' : 'write.replyLabel', { name: desk.person })}
          placeholder={t(isNote ? 'write.notePlaceholder' : shut ? 'write.shut' : 'write.replyPlaceholder')}
          value={value}
          disabled={shut}
          invalid={over}
          describedBy={length > COUNTED ? describe : undefined}
          change={(next) => {
            store.set(isNote ? { note: next } : { text: next });
            typed();
          }}
          mention={({ id: agent, name }) => store.set({ mentions: [...store.state().mentions, { id: agent, name }] })}
          submit={submit}
          leave={leave}
          paste={attachments.add}
        />
        <IconButton
          icon={isNote ? StickyNote : SendHorizontal}
          look="filled"
          label={t(isNote ? 'write.addNote' : 'write.send')}
          isDisabled={!ready}
          onPress={submit}
          className="rtl:-scale-x-100"
        />
      </div>
      {!isNote && length > COUNTED && (
        <p
          id={describe}
          role="status"
          className={`text-end text-meta tabular-nums ${over ? 'text-danger' : 'text-muted'}`}
        >
          {over ? t('write.tooMany', { count: length - MOST }) : t('write.bytes', { count: length, most: MOST })}
        </p>
      )}
    </section>
  );
}

function Problem({ children, close }: { children: React.ReactNode; close: () => void }) {
  return (
    <div role="alert" className="flex items-start gap-2 rounded-card bg-danger-quiet px-3 py-2 text-dense text-danger">
      <p className="min-w-0 flex-1">{children}</p>
      <IconButton icon={X} size="s" label={t('common.close')} onPress={close} />
    </div>
  );
}

interface TabProps {
  icon: typeof PenLine;
  isOn: boolean;
  choose: () => void;
  children: string;
}

function Tab({ icon: Icon, isOn, choose, children }: TabProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={choose}
      className="flex min-h-hit items-center gap-1 rounded-control px-2 text-dense text-muted hover:bg-hover aria-pressed:bg-accent-quiet aria-pressed:font-medium aria-pressed:text-accent touch:min-h-touch"
    >
      <Icon className="size-icon-s" strokeWidth={1.75} aria-hidden />
      {children}
    </button>
  );
}

interface AttachProps {
  disabled: boolean;
  picker: RefObject<HTMLInputElement | null>;
  add: (files: readonly File[]) => void;
}

function AttachButton({ disabled, picker, add }: AttachProps) {
  return (
    <>
      <IconButton
        icon={Paperclip}
        label={t('write.attach')}
        isDisabled={disabled}
        onPress={() => picker.current?.click()}
      />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        disabled={disabled}
        accept={ACCEPT}
        data-testid="picker"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) add(chosen);
        }}
      />
    </>
  );
}
