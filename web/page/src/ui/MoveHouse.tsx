import { useState } from 'react';
import { hostOf, isOnion, messenger, useMessenger } from '../model/messenger';
import { words } from '../words';
import { dateOf } from '../words/dates';
import { Action } from './controls';
import { Field } from './Field';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** Leaving one node for another, or for a network: what will happen, the new address, and how far it got. */
export function MoveHouse() {
  const { move } = words.settings;
  const former = useMessenger((state) => state.status?.formerHomes ?? []);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <p role="status" className={said === null ? 'visually-hidden' : ''}>
        {said}
      </p>
      {former.map(({ host, readUntil }) => (
        <p key={`${host} ${readUntil}`} className="small soft">
          {words.settings.former(host, dateOf(readUntil))}
        </p>
      ))}
      {open ? (
        <MoveForm
          close={() => setOpen(false)}
          moved={(sentence) => {
            setOpen(false);
            setSaid(sentence);
          }}
        />
      ) : (
        <div className="actions">
          <Action onPress={() => setOpen(true)}>{move.open}</Action>
        </div>
      )}
    </>
  );
}

function MoveForm({ close, moved }: { close: () => void; moved: (said: string) => void }) {
  const { move } = words.settings;
  const [address, setAddress] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const missing = asked && address.trim() === '';

  async function go() {
    await messenger.moveHouse(address.trim());
    const { status } = messenger.state;
    const host = (status && hostOf(status.node)) ?? '';
    moved(isOnion(address) ? move.movedIntoNetwork : move.moved(host));
  }

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (address.trim() !== '') void run(go);
      }}
    >
      <ol className="steps">
        {move.what.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <Field
        label={move.address}
        help={words.firstRun.addressHelp}
        value={address}
        change={(value) => {
          setAddress(value);
          clear();
        }}
        lines={3}
        code
        autoFocus
        problem={missing ? move.addressMissing : null}
      />
      {isOnion(address) && <p className="small soft">{words.networkOnly}</p>}
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} said={move.problem} />}
      <div className="actions">
        <Action look="primary" type="submit" isDisabled={busy}>
          {busy ? move.moving : move.button}
        </Action>
        <Action isDisabled={busy} onPress={close}>
          {words.cancel}
        </Action>
      </div>
    </form>
  );
}
