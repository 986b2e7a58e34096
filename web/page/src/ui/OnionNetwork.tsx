import { useState } from 'react';
import type { NetworkView, NodeView } from '../api/types';
import { messenger, useMessenger } from '../model/messenger';
import { words } from '../words';
import { timeOf } from '../words/dates';
import { Confirm } from './Confirm';
import { Action } from './controls';
import { CopyButton } from './CopyButton';
import { Field } from './Field';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** The mailbox in an onion network: entering one, how it fares, leaving it. */
export function OnionNetwork() {
  const { enter, leave } = words.settings;
  const network = useMessenger((state) => state.status?.network ?? null);
  const node = useMessenger((state) => state.status?.node.state ?? 'NONE');
  const [done, setDone] = useState('');
  return (
    <section>
      <h2>{words.settings.network}</h2>
      <p className="soft">
        {words.settings.networkText} {node !== 'NONE' && words.settings.networkBeside}
      </p>
      <p role="status" className={done === '' ? 'visually-hidden' : ''}>
        {done}
      </p>
      {network === null ? (
        <Enter entered={() => setDone(enter.entered)} />
      ) : (
        <Standing network={network} node={node} left={() => setDone(leave.left)} />
      )}
    </section>
  );
}

function Standing({ network, node, left }: { network: NetworkView; node: NodeView['state']; left: () => void }) {
  const { leave } = words.settings;
  const [asking, setAsking] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const help = words.networkHelp[network.state];
  return (
    <>
      <p>
        <span className={`dot ${network.state.toLowerCase()}`} aria-hidden /> {words.network[network.state]}.
        {network.retryAt !== null && <> {words.retryAt(timeOf(network.retryAt))}</>}
      </p>
      {help !== '' && <p className="small soft">{help}</p>}
      <p className="code well">{network.address}</p>
      <div className="actions">
        <CopyButton text={network.address} />
        {network.state !== 'CONNECTED' && (
          <Action isDisabled={busy} onPress={() => void run(() => messenger.hurry())}>
            {words.tryNow}
          </Action>
        )}
        {node !== 'NONE' && (
          <Action look="quiet" isDisabled={busy} onPress={() => setAsking(true)}>
            {leave.open}
          </Action>
        )}
      </div>
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
      <Confirm
        title={leave.title}
        text={leave.text}
        yes={leave.button}
        isOpen={asking}
        close={() => setAsking(false)}
        confirmed={() =>
          void run(async () => {
            await messenger.leaveNetwork();
            left();
          })
        }
      />
    </>
  );
}

function Enter({ entered }: { entered: () => void }) {
  const { enter } = words.settings;
  const [address, setAddress] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const missing = asked && address.trim() === '';

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (address.trim() === '') return;
        void run(async () => {
          await messenger.enterNetwork(address.trim());
          entered();
        });
      }}
    >
      <Field
        label={enter.address}
        help={enter.help}
        value={address}
        change={(value) => {
          setAddress(value);
          clear();
        }}
        lines={2}
        code
        problem={missing ? enter.missing : null}
      />
      {problem !== null && <ProblemNote problem={problem} said={enter.problem} again={again} close={clear} />}
      <div className="actions">
        <Action type="submit" isDisabled={busy}>
          {busy ? enter.entering : enter.button}
        </Action>
      </div>
    </form>
  );
}
