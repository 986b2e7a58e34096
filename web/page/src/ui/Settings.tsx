import { useEffect, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { livesInNetworkOnly, messenger, useMessenger } from '../model/messenger';
import { applyTheme, theme, type Theme } from '../model/theme';
import { words } from '../words';
import { timeOf } from '../words/dates';
import { Action } from './controls';
import { CopyButton } from './CopyButton';
import { Field } from './Field';
import { LanguageChoice } from './LanguageChoice';
import { MoveHouse } from './MoveHouse';
import { OnionNetwork } from './OnionNetwork';
import { Pane } from './Pane';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';
import { DefaultWays } from './Ways';
import { WhatOthersSee } from './WhatOthersSee';

/** Name, node, looks, and an honest list of what protects the person today. */
export function Settings() {
  const version = useMessenger((state) => state.status?.version ?? '');
  return (
    <Pane title={words.settings.title}>
      <YourName />
      <YourNode />
      <OnionNetwork />
      <Travel />
      <WhatOthersSee />
      <Appearance />
      <Safety />
      <Keyboard />
      <p className="small soft">{words.settings.version(version)}</p>
    </Pane>
  );
}

function YourName() {
  const current = useMessenger((state) => state.status?.name ?? '');
  const longest = useMessenger((state) => state.limits.maxNameCharacters);
  const [name, setName] = useState(current);
  const [saved, setSaved] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const wanted = name.trim();

  return (
    <section>
      <h2>{words.settings.you}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => {
            await messenger.rename(wanted);
            setSaved(true);
          });
        }}
      >
        <Field
          label={words.settings.name}
          help={words.settings.nameHelp}
          value={name}
          maxLength={longest}
          change={(value) => {
            setName(value);
            setSaved(false);
            clear();
          }}
        />
        <div className="actions">
          <Action type="submit" isDisabled={busy || wanted === '' || wanted === current}>
            {words.save}
          </Action>
          <span role="status" className="small soft">
            {saved && words.settings.saved}
          </span>
        </div>
      </form>
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
    </section>
  );
}

function YourNode() {
  const node = useMessenger((state) => state.status?.node);
  const inNetworkOnly = useMessenger((state) => livesInNetworkOnly(state.status));
  const { busy, problem, run, again, clear } = useAction();
  if (node === undefined) return null;
  return (
    <section>
      <h2>{words.settings.node}</h2>
      {inNetworkOnly ? (
        <p>{words.settings.noNode}</p>
      ) : (
        <p>
          <span className={`dot ${node.state.toLowerCase()}`} aria-hidden /> {words.node[node.state]}.
          {node.retryAt !== null && <> {words.retryAt(timeOf(node.retryAt))}</>}
        </p>
      )}
      {node.address !== null && <p className="code well">{node.address}</p>}
      <div className="actions">
        {node.address !== null && <CopyButton text={node.address} />}
        {node.state !== 'CONNECTED' && !inNetworkOnly && (
          <Action isDisabled={busy} onPress={() => void run(() => messenger.hurry())}>
            {words.tryNow}
          </Action>
        )}
      </div>
      {!inNetworkOnly && <p className="small soft">{words.settings.nodeHelp}</p>}
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
      <MoveHouse />
    </section>
  );
}

function Travel() {
  const [networks, setNetworks] = useState<readonly string[] | null>(null);
  const { problem, run, again } = useAction();

  useEffect(() => {
    void run(async () => setNetworks(await messenger.client.ways()));
  }, []);

  return (
    <section>
      <h2>{words.settings.travel}</h2>
      <p className="soft">
        {words.ways.order} {words.ways.settingsText}
      </p>
      {networks !== null && <DefaultWays networks={networks} chosen={setNetworks} />}
      {problem !== null && <ProblemNote problem={problem} again={again} />}
    </section>
  );
}

function Appearance() {
  const [chosen, setChosen] = useState<Theme>(theme);
  return (
    <section>
      <h2>{words.settings.appearance}</h2>
      <RadioGroup
        className="choices inline"
        value={chosen}
        onChange={(value) => {
          setChosen(value as Theme);
          applyTheme(value as Theme);
        }}
      >
        <Label>{words.settings.theme}</Label>
        <div className="choice-row">
          {(['system', 'light', 'dark'] as const).map((each) => (
            <Radio key={each} className="choice" value={each}>
              {words.settings[each]}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <LanguageChoice />
    </section>
  );
}

function Safety() {
  const hasBackup = useMessenger((state) => state.status?.hasBackup ?? false);
  const inNetwork = useMessenger((state) => (state.status?.network ?? null) !== null);
  const { sealed, disk, page, passphrase, backup, backupOn, watching, onion, onionOff } = words.settings.facts;
  return (
    <section>
      <h2>{words.settings.safety}</h2>
      <ul className="facts">
        <li className="on">{sealed}</li>
        <li className="on">{disk}</li>
        <li className="on">{page}</li>
        <li className={hasBackup ? 'on' : 'off'}>{hasBackup ? backupOn : backup}</li>
        <li className={inNetwork ? 'on' : 'off'}>{inNetwork ? onion : onionOff}</li>
        <li className="off">{passphrase}</li>
        <li className="off">{watching}</li>
      </ul>
    </section>
  );
}

function Keyboard() {
  const { nextPrevious, back, send, newline, letters } = words.settings.keyList;
  const keys: [string, string[]][] = [
    [words.say.keyList.palette, ['Ctrl', 'K']],
    [words.say.searchHere, ['Ctrl', 'F']],
    [nextPrevious, ['Alt', '↓ ↑']],
    [letters, ['↓ ↑']],
    [send, ['Enter']],
    [newline, ['Shift', 'Enter']],
    [words.say.keyList.bold, ['Ctrl', 'B I E']],
    [words.say.keyList.editLast, ['↑']],
    [words.say.keyList.letter, ['Enter', 'R', '+', 'E', 'Del']],
    [back, ['Esc']],
  ];
  return (
    <section>
      <h2>{words.settings.keys}</h2>
      <dl className="keys">
        {keys.map(([meaning, combination]) => (
          <div key={meaning}>
            <dt>{meaning}</dt>
            <dd dir="ltr">
              {combination.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
