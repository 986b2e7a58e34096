import { Ban } from 'lucide-react';
import { useState } from 'react';
import { messenger, useMessenger } from '../model/messenger';
import type { Person } from '../model/people';
import { words } from '../words';
import { Confirm } from './Confirm';
import { Action } from './controls';
import { Field } from './Field';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** What this account holds about a person, and they never hear of: a name of one's own for them, and whether they are let through. */
export function OnlyForYou({ person }: { person: Person }) {
  const [asking, setAsking] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const block = (blocked: boolean) => void run(() => messenger.changeContact((client) => client.block(person.id, blocked)));
  return (
    <section>
      <h2>{words.say.onlyForYou}</h2>
      <Nickname person={person} />
      <div className="actions">
        {person.blocked ? (
          <Action isDisabled={busy} onPress={() => block(false)}>
            {words.say.unblock}
          </Action>
        ) : (
          <Action icon={Ban} isDisabled={busy} onPress={() => setAsking(true)}>
            {words.say.block}
          </Action>
        )}
      </div>
      <Confirm
        isOpen={asking}
        close={() => setAsking(false)}
        confirmed={() => block(true)}
        title={words.say.blockTitle(person.name)}
        text={words.say.blockText}
        yes={words.say.blockButton}
      />
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
    </section>
  );
}

function Nickname({ person }: { person: Person }) {
  const contact = useMessenger((state) => state.contacts.get(person.id));
  const longest = useMessenger((state) => state.limits.maxNameCharacters);
  const kept = contact?.nickname ?? '';
  const [typed, setTyped] = useState(kept);
  const { busy, problem, run, again, clear } = useAction();
  const wanted = typed.trim();
  if (contact === undefined) return null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => messenger.changeContact((client) => client.setNickname(person.id, wanted === '' ? null : wanted)));
      }}
    >
      <Field
        label={words.say.nickname}
        help={words.say.nicknameHelp(contact.ownName)}
        value={typed}
        maxLength={longest}
        change={(value) => {
          setTyped(value);
          clear();
        }}
      />
      <div className="actions">
        <Action type="submit" isDisabled={busy || wanted === kept}>
          {words.save}
        </Action>
      </div>
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
    </form>
  );
}
