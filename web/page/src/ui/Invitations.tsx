import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { InvitationView } from '../api/types';
import { messenger, useMessenger } from '../model/messenger';
import { go } from '../model/places';
import { words } from '../words';
import { dateAndTimeOf } from '../words/dates';
import { Confirm } from './Confirm';
import { Action } from './controls';
import { CopyButton } from './CopyButton';
import { Field } from './Field';
import { Pane } from './Pane';
import { ProblemNote } from './ProblemNote';
import { QrCode } from './QrCode';
import { useAction } from './useAction';

const LIVES = [
  { hours: 24, label: words.invite.day },
  { hours: 24 * 7, label: words.invite.week },
  { hours: 24 * 21, label: words.invite.threeWeeks },
];

/** Making invitations, handing them over, and taking them back. */
export function Invitations() {
  const all = useMessenger((state) => state.invitations);
  const listed = useMemo(() => [...all.values()].sort((one, other) => other.createdAt - one.createdAt), [all]);
  const [hours, setHours] = useState(24 * 7);
  const [shown, setShown] = useState<string | null>(null);
  const { busy, problem, run, again, clear } = useAction();
  const invitation = shown === null ? undefined : all.get(shown);

  const make = () => run(async () => setShown((await messenger.invite(hours)).id));

  return (
    <Pane title={words.invite.title}>
      <p className="soft">{words.invite.text}</p>
      <RadioGroup className="choices inline" value={String(hours)} onChange={(value) => setHours(Number(value))}>
        <Label>{words.invite.life}</Label>
        <div className="choice-row">
          {LIVES.map((life) => (
            <Radio key={life.hours} className="choice" value={String(life.hours)}>
              {life.label}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <div className="actions">
        <Action look="primary" icon={UserPlus} isDisabled={busy} onPress={() => void make()}>
          {busy ? words.invite.making : words.invite.make}
        </Action>
        <Action look="quiet" onPress={() => go({ kind: 'accept' })}>
          {words.people.accept}
        </Action>
      </div>
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
      {invitation !== undefined && usable(invitation) && <Ticket invitation={invitation} />}
      <section>
        <h2>{words.invite.list}</h2>
        {listed.length === 0 ? (
          <p className="soft">{words.invite.none}</p>
        ) : (
          <ul className="cards">
            {listed.map((one) => (
              <InvitationLine key={one.id} invitation={one} show={() => setShown(one.id)} run={run} />
            ))}
          </ul>
        )}
      </section>
    </Pane>
  );
}

function usable({ state }: InvitationView): boolean {
  return state === 'OPEN' || state === 'PREPARING';
}

function Ticket({ invitation }: { invitation: InvitationView }) {
  return (
    <div className="card ticket">
      <QrCode content={invitation.link} label={words.invite.qrLabel} />
      <div className="ticket-text">
        <Field label={words.invite.link} value={invitation.link} change={() => {}} lines={6} readOnly code help={words.invite.linkHelp} />
        <div className="actions">
          <CopyButton text={invitation.link} look="primary" />
        </div>
        {invitation.state === 'PREPARING' && <p className="small soft">{words.invite.preparing}</p>}
      </div>
    </div>
  );
}

interface InvitationLineProps {
  invitation: InvitationView;
  show: () => void;
  run: (action: () => Promise<unknown>) => Promise<void>;
}

function InvitationLine({ invitation, show, run }: InvitationLineProps) {
  const [asking, setAsking] = useState(false);
  const { state, usedBy, createdAt, expiresAt } = invitation;
  const until = dateAndTimeOf(expiresAt);
  return (
    <li className="card line">
      <div className="line-text">
        <p>
          <span className={`badge ${state.toLowerCase()}`}>
            {state === 'USED' && usedBy !== null ? words.invite.usedBy(usedBy) : words.invite.state[state]}
          </span>
        </p>
        <p className="small soft">
          {words.invite.made(dateAndTimeOf(createdAt))}, {usable(invitation) ? words.invite.until(until) : words.invite.ended(until)}
        </p>
      </div>
      {usable(invitation) && (
        <div className="actions">
          <Action onPress={show}>{words.invite.show}</Action>
          <Action look="quiet" onPress={() => setAsking(true)}>
            {words.invite.revoke}
          </Action>
        </div>
      )}
      <Confirm
        isOpen={asking}
        close={() => setAsking(false)}
        confirmed={() => void run(() => messenger.revoke(invitation.id))}
        title={words.invite.revokeTitle}
        text={words.invite.revokeText}
        yes={words.invite.revoke}
      />
    </li>
  );
}
