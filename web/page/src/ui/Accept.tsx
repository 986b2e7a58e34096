import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import type { InvitationPreview } from '../api/types';
import { messenger } from '../model/messenger';
import { go } from '../model/places';
import { words } from '../words';
import { dateAndTimeOf } from '../words/dates';
import { Action } from './controls';
import { Field } from './Field';
import { Picture } from './Name';
import { Pane } from './Pane';
import { ProblemNote } from './ProblemNote';
import { ScanCode } from './ScanCode';
import { useAction } from './useAction';

/** Paste an invitation, see whose it is, accept it. */
export function Accept() {
  const [link, setLink] = useState('');
  const [missing, setMissing] = useState(false);
  const [scanning, setScanning] = useState(false);
  const [preview, setPreview] = useState<InvitationPreview | null>(null);
  const { busy, problem, run, again, clear } = useAction();

  function look(candidate: string) {
    setMissing(candidate.trim() === '');
    if (candidate.trim() === '') return;
    void run(async () => setPreview(await messenger.client.preview(candidate.trim())));
  }

  const accept = () =>
    run(async () => {
      const { conversation } = await messenger.accept(link.trim());
      go({ kind: 'conversation', id: conversation });
    });

  function startOver() {
    clear();
    setPreview(null);
    setLink('');
  }

  return (
    <Pane title={words.accept.title}>
      {preview === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            look(link);
          }}
        >
          <p className="soft">{words.accept.text}</p>
          <Field
            label={words.accept.link}
            value={link}
            change={(value) => {
              setLink(value);
              setMissing(false);
              clear();
            }}
            lines={4}
            code
            problem={missing ? words.accept.linkMissing : null}
          />
          <div className="actions">
            <Action look="primary" type="submit" isDisabled={busy}>
              {busy ? words.accept.looking : words.accept.look}
            </Action>
            <Action look="quiet" icon={ScanLine} aria-expanded={scanning} onPress={() => setScanning(!scanning)}>
              {words.accept.scan}
            </Action>
          </div>
          {scanning && (
            <ScanCode
              found={(content) => {
                setScanning(false);
                setLink(content);
                look(content);
              }}
            />
          )}
        </form>
      ) : (
        <Whose preview={preview} busy={busy} accept={() => void accept()} other={startOver} />
      )}
      {problem !== null && <ProblemNote problem={problem} again={again} close={preview === null ? clear : startOver} />}
    </Pane>
  );
}

interface WhoseProps {
  preview: InvitationPreview;
  busy: boolean;
  accept: () => void;
  other: () => void;
}

function Whose({ preview, busy, accept, other }: WhoseProps) {
  return (
    <div className="card whose">
      <Picture of={preview.name} />
      <h2>{words.accept.from(preview.name)}</h2>
      {preview.alreadyContact ? (
        <p>{words.accept.already(preview.name)}</p>
      ) : (
        <>
          <p className="soft">{words.accept.fromText(preview.nodeHost, dateAndTimeOf(preview.expiresAt))}</p>
          <p className="soft small">{words.accept.caution}</p>
        </>
      )}
      <div className="actions">
        {!preview.alreadyContact && (
          <Action look="primary" isDisabled={busy} onPress={accept} autoFocus>
            {busy ? words.accept.accepting : words.accept.accept}
          </Action>
        )}
        <Action look="quiet" onPress={other}>
          {words.accept.other}
        </Action>
      </div>
    </div>
  );
}
