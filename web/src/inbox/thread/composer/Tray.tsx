import { Clapperboard, FileText, Image, Music, RotateCw, X } from 'lucide-react';
import { IconButton } from '../../../shared/ui/Button';
import { t } from '../../../shared/words';
import { sizeWords } from './files';
import type { Attached } from './writing';

const ICONS = { image: Image, video: Clapperboard, audio: Music, file: FileText } as const;

interface Props {
  files: readonly Attached[];
  remove: (key: string) => void;
  again: (key: string) => void;
}

/** The files that go with the next answer, in the order in which they are sent, each with how far it has come. */
export function Tray({ files, remove, again }: Props) {
  return (
    <ul aria-label={t('write.files')} className="flex flex-wrap gap-2">
      {files.map((file) => {
        const Icon = ICONS[file.media];
        return (
          <li
            key={file.key}
            className={`flex w-card max-w-full items-center gap-2 rounded-card border bg-raised p-2 text-dense ${file.state === 'failed' ? 'border-danger' : 'border-line'}`}
          >
            <span className="flex size-avatar shrink-0 items-center justify-center overflow-hidden rounded-control bg-bubble">
              {file.preview && file.media === 'image' ? (
                <img src={file.preview} alt="" className="size-full object-cover" />
              ) : (
                <Icon className="size-icon-s text-muted" strokeWidth={1.75} aria-hidden />
              )}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate" dir="auto">
                {file.name}
              </span>
              <State file={file} />
            </span>
            {file.state === 'failed' && (
              <IconButton
                icon={RotateCw}
                size="s"
                label={t('write.again', { name: file.name })}
                onPress={() => again(file.key)}
              />
            )}
            <IconButton
              icon={X}
              size="s"
              label={t('write.remove', { name: file.name })}
              onPress={() => remove(file.key)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function State({ file }: { file: Attached }) {
  if (file.state === 'failed') {
    return (
      <span role="alert" className="block text-meta text-danger">
        {file.why}
      </span>
    );
  }
  if (file.state === 'ready')
    return <span className="block text-meta text-muted tabular-nums">{sizeWords(file.size)}</span>;
  const share = Math.round(file.progress * 100);
  return (
    <progress
      max={100}
      value={share}
      aria-label={t('write.uploading', { name: file.name })}
      className="block h-1 w-full appearance-none overflow-hidden rounded-full bg-bubble [&::-webkit-progress-bar]:bg-bubble [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent"
    />
  );
}
