import { useState, type ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { isOnion, messenger, useMessenger } from '../model/messenger';
import { words } from '../words';
import { Action } from './controls';
import { Field } from './Field';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** A page with one card, before there is anything else to see. */
export function Threshold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="threshold">
      <div className="threshold-card">
        <img className="emblem" src="./waxwing.svg" alt="" width={56} height={56} />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

/** A name and a node: all that an account needs. */
export function FirstRun({ done }: { done: () => void }) {
  const longest = useMessenger((state) => state.limits.maxNameCharacters);
  const [name, setName] = useState('');
  const [node, setNode] = useState<'given' | 'own'>('given');
  const [address, setAddress] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const nameMissing = asked && name.trim() === '';
  const addressMissing = asked && node === 'given' && address.trim() === '';

  function begin() {
    setAsked(true);
    if (name.trim() === '' || (node === 'given' && address.trim() === '')) return;
    void run(async () => {
      done();
      await messenger.setUp(name.trim(), node === 'given' ? address.trim() : null);
    });
  }

  return (
    <Threshold title={words.firstRun.title}>
      <p className="soft">{words.firstRun.text}</p>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <Field
          label={words.firstRun.name}
          help={words.firstRun.nameHelp}
          value={name}
          change={setName}
          maxLength={longest}
          problem={nameMissing ? words.firstRun.nameMissing : null}
          autoFocus
        />
        <RadioGroup className="choices" value={node} onChange={(value) => setNode(value === 'own' ? 'own' : 'given')}>
          <Label>{words.firstRun.node}</Label>
          <p className="small soft">{words.firstRun.nodeHelp}</p>
          <Radio className="choice" value="given">
            {words.firstRun.given}
          </Radio>
          <Radio className="choice" value="own">
            {words.firstRun.own}
          </Radio>
        </RadioGroup>
        {node === 'given' ? (
          <>
            <Field
              label={words.firstRun.address}
              help={words.firstRun.addressHelp}
              value={address}
              change={(value) => {
                setAddress(value);
                clear();
              }}
              lines={3}
              code
              problem={addressMissing ? words.firstRun.addressMissing : null}
            />
            {isOnion(address) && (
              <p className="small soft">
                {words.firstRun.onion} {words.networkOnly}
              </p>
            )}
          </>
        ) : (
          <p className="small soft">{words.firstRun.ownHelp}</p>
        )}
        {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
        <Action look="primary" type="submit" isDisabled={busy}>
          {busy ? words.firstRun.beginning : words.firstRun.begin}
        </Action>
      </form>
    </Threshold>
  );
}

/** What must be known before the first letter: nobody can restore a lost folder. */
export function BackupWord({ name, understood }: { name: string; understood: () => void }) {
  return (
    <Threshold title={words.backupWord.title(name)}>
      <p>{words.backupWord.text}</p>
      <p className="soft">{words.backupWord.advice}</p>
      <Action look="primary" onPress={understood} autoFocus>
        {words.backupWord.button}
      </Action>
    </Threshold>
  );
}
