import { useQuery } from '@tanstack/react-query';
import {
  AtSign,
  Check,
  Clapperboard,
  FileText,
  Heart,
  Image,
  Images,
  Link2,
  Menu as MenuIcon,
  Mic,
  Plus,
  SendHorizontal,
  Trash2,
  X,
} from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import { stopwatch } from '../../shared/time';
import { IconButton } from '../../shared/ui/Button';
import { Menu } from '../../shared/ui/Menu';
import { t } from '../../shared/words';
import type { Message } from '../data/group';
import type { Draft, FileKind, OutFile } from '../data/outbox';
import { choices } from '../data/queries';
import { line } from '../data/snippet';
import type { Arrival } from './arrival';
import { told, words } from './arrival';
import { canRecord, useRecorder } from './useRecorder';

/** Characters of a message, and from where on they are counted. */
const MOST = 1_000;
const COUNTED = 800;

/** What is being written: something new, perhaps an answer, or another text of a message. */
export type Mode = { is: 'write' } | { is: 'reply'; message: Message } | { is: 'edit'; message: Message };

export interface ComposerState {
  text: string;
  mode: Mode;
  arrival: Arrival | null;
}

interface Props {
  me: string;
  account: string;
  name: string;
  state: ComposerState;
  change: (part: Partial<ComposerState>) => void;
  send: (draft: Draft) => void;
  saveEdit: (message: Message, text: string) => void;
  tapMenu: (title: string) => void;
  typing: () => void;
  arrive: () => void;
  sharePost: () => void;
}

const ACCEPT: Record<FileKind, string> = {
  image: 'image/png,image/jpeg,image/gif',
  video: 'video/mp4,video/webm,video/ogg,video/quicktime',
  audio: 'audio/*',
  file: 'application/pdf',
};

export function Composer(props: Props) {
  const { me, account, name, state, change, send } = props;
  const { text, mode, arrival } = state;
  const menu = useQuery(choices(me, account)).data?.persistent_menu ?? [];
  const picker = useRef<HTMLInputElement>(null);
  const [picking, setPicking] = useState<{ kind: FileKind; mention: boolean }>({ kind: 'image', mention: false });
  const [noMic, setNoMic] = useState(false);
  const recorder = useRecorder();
  const length = [...text].length;
  const ready = text.trim() !== '' && length <= MOST;

  const part = () => ({ ...told(arrival), ...(mode.is === 'reply' ? { reply_to: mode.message.id } : {}) });
  const sent = (draft: Draft) => {
    send(draft);
    change({ text: '', mode: { is: 'write' }, arrival: null });
  };
  const submit = () => {
    if (!ready) return;
    if (mode.is === 'edit') {
      props.saveEdit(mode.message, text.trim());
      change({ text: '', mode: { is: 'write' } });
    } else sent({ body: { text: text.trim(), ...part() }, files: [] });
  };
  const files = (kind: FileKind, blobs: readonly (Blob & { name?: string })[], mention = false) => {
    const out: OutFile[] = blobs.map((blob) => ({
      kind,
      name: blob.name ?? kind,
      blob,
      url: URL.createObjectURL(blob),
    }));
    send({ body: part(), files: out, mention });
    change({ mode: { is: 'write' }, arrival: null });
  };
  const pick = (kind: FileKind, mention = false) => {
    setPicking({ kind, mention });
    // The input takes the kind before it opens.
    setTimeout(() => picker.current?.click());
  };
  const record = async () => {
    if (await recorder.start()) return;
    setNoMic(true);
    pick('audio');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && mode.is !== 'write')
      change({ mode: { is: 'write' }, ...(mode.is === 'edit' ? { text: '' } : {}) });
  };

  if (recorder.isRecording) {
    return (
      <div className="flex min-h-bar items-center gap-2 border-t border-line p-2">
        <IconButton icon={Trash2} label={t('composer.discard')} onPress={recorder.discard} />
        <p role="status" className="flex flex-1 items-center gap-2 tabular-nums">
          <span aria-hidden className="size-dot animate-pulse rounded-full bg-danger" />
          {t('composer.recording', { time: stopwatch(recorder.elapsed) })}
        </p>
        <IconButton
          icon={SendHorizontal}
          look="filled"
          label={t('composer.stop')}
          onPress={() => void recorder.finish().then((note) => note && files('audio', [note]))}
        />
      </div>
    );
  }
  return (
    <div className="border-t border-line">
      {mode.is !== 'write' && (
        <Strip
          words={
            mode.is === 'edit'
              ? t('composer.editing')
              : t('composer.replying', { name: mode.message.from === me ? t('common.you') : name })
          }
          detail={line(mode.message)}
          stop={mode.is === 'edit' ? t('composer.stopEdit') : t('composer.stopReply')}
          close={() => change({ mode: { is: 'write' }, ...(mode.is === 'edit' ? { text: '' } : {}) })}
        />
      )}
      {arrival && (
        <Strip
          words={t('composer.came', { how: words(arrival) })}
          stop={t('composer.forget')}
          close={() => change({ arrival: null })}
        />
      )}
      {noMic && <Strip words={t('composer.noMic')} stop={t('action.dismiss')} close={() => setNoMic(false)} />}
      <div className="flex items-end gap-1 p-2">
        {menu.length > 0 && (
          <Menu
            icon={MenuIcon}
            label={t('composer.menu', { name })}
            choices={menu.map(({ title }, index) => ({
              id: `${index}`,
              label: title,
              run: () => props.tapMenu(title),
            }))}
          />
        )}
        <Menu
          icon={Plus}
          label={t('composer.attach')}
          choices={[
            { id: 'photo', label: t('composer.photo'), icon: Image, run: () => pick('image') },
            { id: 'video', label: t('composer.video'), icon: Clapperboard, run: () => pick('video') },
            { id: 'pdf', label: t('composer.pdf'), icon: FileText, run: () => pick('file') },
            { id: 'mention', label: t('composer.mention'), icon: AtSign, run: () => pick('image', true) },
            { id: 'post', label: t('composer.sharePost', { name }), icon: Images, run: props.sharePost },
            { id: 'arrive', label: t('arrive.open'), icon: Link2, run: props.arrive },
          ]}
        />
        <input
          ref={picker}
          type="file"
          hidden
          data-testid="picker"
          accept={ACCEPT[picking.kind]}
          multiple={picking.kind === 'image' && !picking.mention}
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])];
            event.target.value = '';
            if (chosen.length > 0) files(picking.kind, chosen.slice(0, 10), picking.mention);
          }}
        />
        <TextField
          aria-label={t('composer.label', { name })}
          value={text}
          isInvalid={length > MOST}
          onChange={(value) => {
            change({ text: value });
            props.typing();
          }}
          className="flex min-w-0 flex-1 flex-col"
        >
          <TextArea
            rows={1}
            placeholder={t('composer.placeholder')}
            onKeyDown={onKeyDown}
            className="field-sizing-content max-h-composer min-h-menu w-full resize-none rounded-bubble border border-control bg-raised px-3 py-1 text-body placeholder:text-muted touch:min-h-touch touch:py-3 data-[invalid]:border-danger"
          />
          {length > COUNTED && (
            <span
              role="status"
              className={`pe-2 text-end text-meta tabular-nums ${length > MOST ? 'text-danger' : 'text-muted'}`}
            >
              {t('composer.tooLong', { count: length, most: MOST })}
            </span>
          )}
        </TextField>
        {text === '' && mode.is !== 'edit' ? (
          <>
            <IconButton
              icon={Mic}
              label={t('composer.record')}
              onPress={() => void (canRecord() ? record() : (setNoMic(true), pick('audio')))}
            />
            <IconButton
              icon={Heart}
              label={t('composer.heart')}
              onPress={() => sent({ body: { attachments: [{ type: 'like_heart' }], ...part() }, files: [] })}
            />
          </>
        ) : (
          <IconButton
            icon={mode.is === 'edit' ? Check : SendHorizontal}
            look="filled"
            label={mode.is === 'edit' ? t('composer.saveEdit') : t('composer.send')}
            isDisabled={!ready}
            onPress={submit}
          />
        )}
      </div>
    </div>
  );
}

interface StripProps {
  words: string;
  detail?: string;
  stop: string;
  close: () => void;
}

/** A line above the field that says what the next message does beside being one. */
function Strip({ words: text, detail, stop, close }: StripProps) {
  return (
    <div className="flex items-center gap-2 border-b border-line px-3 py-1 text-dense">
      <p className="min-w-0 flex-1">
        <span className="block font-medium">{text}</span>
        {detail && <span className="block truncate text-muted">{detail}</span>}
      </p>
      <IconButton icon={X} size="s" label={stop} onPress={close} />
    </div>
  );
}
