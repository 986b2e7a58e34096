import { ArrowLeft, PanelRight } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Problem } from '../api/client';
import { messenger, useMessenger, type Thread } from '../model/messenger';
import { personOf, type Person } from '../model/people';
import { back, go, here, useWidth } from '../model/places';
import { words } from '../words';
import { Action, IconAction } from './controls';
import { Composer } from './Composer';
import { ConversationMenu, MutedMark } from './ConversationMenu';
import { Hands } from './Hands';
import { MessageList } from './MessageList';
import { Name, VerifiedMark } from './Name';
import { PinnedBar } from './PinnedBar';
import { ProblemNote } from './ProblemNote';
import { Roaming } from './Roaming';

export function usePerson(id: string): Person | null {
  const contact = useMessenger((state) => state.contacts.get(id));
  const conversation = useMessenger((state) => state.conversations.get(id));
  return useMemo(() => personOf(contact, conversation), [contact, conversation]);
}

/** The middle column: the letters exchanged with one person, and the place to write the next. */
export function Conversation({ id, visible }: { id: string; visible: boolean }) {
  const person = usePerson(id);
  const thread = useMessenger((state) => state.threads.get(id));

  useEffect(() => {
    void messenger.openThread(id);
  }, [id]);

  if (person === null) return null;
  return (
    <>
      <ConversationBar person={person} />
      {person.travel !== null && <Roaming person={person} travel={person.travel} />}
      <Warnings person={person} />
      <PinnedBar person={person} />
      <Letters person={person} thread={thread} visible={visible} />
      {person.blocked && <Blocked person={person} />}
      {person.state !== 'LOST' && !person.blocked && <Composer person={person} visible={visible} />}
    </>
  );
}

interface LettersProps {
  person: Person;
  thread: Thread | undefined;
  visible: boolean;
}

function Letters({ person, thread, visible }: LettersProps) {
  const wasEmpty = useRef(false);
  if (thread !== undefined && thread.letters.length > 0) {
    return <MessageList person={person} thread={thread} visible={visible} wasEmpty={wasEmpty.current} />;
  }
  wasEmpty.current = thread !== undefined && !thread.loading;
  if (thread === undefined || thread.loading) return <div className="letters-space" />;
  if (thread.problem === null) return <NothingWritten name={person.name} canWrite={person.state !== 'LOST'} />;
  return (
    <div className="letters-space">
      <ProblemNote problem={new Problem(thread.problem)}>
        <Action onPress={() => void messenger.openThread(person.id)}>{words.tryAgain}</Action>
      </ProblemNote>
    </div>
  );
}

function NothingWritten({ name, canWrite }: { name: string; canWrite: boolean }) {
  return (
    <div className="letters-space">
      <div className="empty">
        {canWrite && (
          <>
            <p className="soft">{words.conversation.empty(name)}</p>
            <Action look="primary" onPress={() => document.getElementById('composer')?.focus()}>
              {words.conversation.emptyButton}
            </Action>
          </>
        )}
      </div>
    </div>
  );
}

function ConversationBar({ person }: { person: Person }) {
  const width = useWidth();
  return (
    <div className="bar">
      {width === 'narrow' && <IconAction icon={ArrowLeft} label={words.back} className="mirror" onPress={back} />}
      <div className="bar-person">
        <h1>
          <Name of={person.name} />
          {person.verified && <VerifiedMark />}
          {person.muted && <MutedMark />}
        </h1>
        {person.travel !== null && <Hands id={person.id} travel={person.travel} name={person.name} />}
      </div>
      <ConversationMenu person={person} />
      <IconAction
        icon={PanelRight}
        label={words.conversation.details}
        className="mirror"
        onPress={() => (here().kind === 'details' ? back() : go({ kind: 'details', id: person.id }))}
      />
    </div>
  );
}

function Blocked({ person }: { person: Person }) {
  return (
    <div className="note across" role="status">
      <p>{words.say.blockedNote(person.name)}</p>
      <Action onPress={() => void messenger.changeContact((client) => client.block(person.id, false)).catch(() => {})}>
        {words.say.unblock}
      </Action>
    </div>
  );
}

function Warnings({ person }: { person: Person }) {
  if (person.state === 'LOST') {
    return (
      <div className="note warn across" role="status">
        <p>{words.conversation.lost(person.name)}</p>
        <Action onPress={() => go({ kind: 'accept' })}>{words.conversation.lostButton}</Action>
      </div>
    );
  }
  return (
    <>
      {person.keyChanged && (
        <div className="note warn across" role="alert">
          <p>{words.conversation.keyChanged(person.name)}</p>
          <Action onPress={() => go({ kind: 'details', id: person.id })}>{words.conversation.keyChangedButton}</Action>
        </div>
      )}
      {person.state === 'WAITING' && (
        <div className="note across" role="status">
          <p>{words.conversation.waiting(person.name)}</p>
        </div>
      )}
    </>
  );
}
