import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { Button } from '../../shared/ui/Button';
import { Field } from '../../shared/ui/Field';
import { Prose } from '../../shared/ui/Prose';
import { TextBox } from '../../shared/ui/TextBox';
import { t } from '../../shared/words';
import { useDesk } from '../app/Desk';
import { answer, api, Refused, type Schemas } from '../data/api';
import { cannedReplies, connections } from '../data/queries';
import { bytesOf, filled, MESSAGE, unknownIn, VARIABLES, type Variable } from './canned';
import { Submit } from './parts';

type Reply = Schemas['CannedReply'];

/** Makes a canned reply, or changes one; `done` is told when that is over. */
export function ReplyForm({ reply, done }: { reply: Reply | null; done: () => void }) {
  const client = useQueryClient();
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [title, setTitle] = useState(reply?.title ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const put = useMutation({
    mutationFn: () => {
      const body = { shortcut: shortcut.trim(), title: title.trim(), text };
      return reply
        ? answer(api.PUT('/inbox/api/canned_replies/{id}', { params: { path: { id: reply.id } }, body }))
        : answer(api.POST('/inbox/api/canned_replies', { body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: cannedReplies().queryKey });
      done();
    },
  });
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (variable: Variable) => {
    const area = field.current;
    const [start, end] = area ? [area.selectionStart, area.selectionEnd] : [text.length, text.length];
    const written = `{{${variable}}}`;
    setText(text.slice(0, start) + written + text.slice(end));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(start + written.length, start + written.length);
    });
  };
  const isBad = /[\s/]/.test(shortcut.trim());
  const isTaken = put.error instanceof Refused && put.error.why.reason === 'in_the_way';
  const isSame =
    reply !== null && shortcut.trim() === reply.shortcut && title.trim() === reply.title && text === reply.text;
  const isEmpty = [shortcut, title, text].some((one) => one.trim() === '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!put.isPending) put.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-3">
        <Field
          label={t('settings.replies.shortcut')}
          help={t('settings.replies.shortcutHelp')}
          value={shortcut}
          onChange={(next) => setShortcut(next.replace(/^\//, ''))}
          autoComplete="off"
          autoFocus={reply === null}
          wrong={isBad ? t('settings.replies.shortcutBad') : isTaken ? t('settings.replies.taken') : undefined}
        />
        <div className="min-w-card flex-1">
          <Field
            label={t('settings.replies.title')}
            help={t('settings.replies.titleHelp')}
            value={title}
            onChange={setTitle}
            autoComplete="off"
          />
        </div>
      </div>
      <TextBox label={t('settings.replies.text')} rows={4} value={text} onChange={setText} field={field} />
      <div className="flex flex-wrap items-center gap-1" role="group" aria-label={t('settings.replies.variables')}>
        <span className="text-meta text-muted">{t('settings.replies.insert')}</span>
        {VARIABLES.map((variable) => (
          <Button key={variable} look="quiet" className="border border-line" onPress={() => insert(variable)}>
            {t(`variable.${variable}`)}
          </Button>
        ))}
      </div>
      <p className="text-meta text-muted">{t('settings.replies.instead', { example: '{{first_name|there}}' })}</p>
      <Preview text={text} />
      <div className="flex flex-wrap items-center gap-3">
        <Submit
          label={reply ? t('common.save') : t('settings.replies.make')}
          of={isTaken ? { ...put, error: null } : put}
          isDisabled={isSame || isBad || isEmpty}
        />
        {!reply && (
          <Button look="quiet" onPress={done}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** How it would read, to somebody made up. */
function Preview({ text }: { text: string }) {
  const { me } = useDesk();
  const { data } = useQuery(connections());
  const values = {
    name: t('settings.replies.example'),
    username: 'mira.paints',
    agent: me.name,
    account: data?.[0]?.username ?? t('variable.account'),
  };
  const shown = filled(text, values);
  const bytes = bytesOf(shown);
  const unknown = unknownIn(text);
  if (text.trim() === '') return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-meta font-medium text-muted">{t('settings.replies.preview', { name: values.name })}</p>
      <div className="max-w-full self-start rounded-bubble bg-mine px-3 py-2 text-on-mine">
        <Prose text={shown} />
      </div>
      {bytes > MESSAGE && (
        <p className="text-meta text-danger">{t('settings.replies.long', { count: bytes, most: MESSAGE })}</p>
      )}
      {unknown.length > 0 && (
        <p className="text-meta text-danger">
          {t('settings.replies.unknown', { count: unknown.length, names: unknown.join(', ') })}
        </p>
      )}
    </div>
  );
}
