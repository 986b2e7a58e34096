import { useEffect, useId, useState } from 'react';
import type { Settings } from '../api/types';
import { messenger } from '../model/messenger';
import { words } from '../words';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** What goes to others by the way, and comes back from them: both or neither. */
export function WhatOthersSee() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const { problem, run, again, clear } = useAction();

  /** Shows at once, and as before if it could not be kept. */
  function change(wanted: Settings) {
    const before = settings;
    setSettings(wanted);
    void run(async () => {
      try {
        setSettings(await messenger.client.setSettings(wanted));
      } catch (thrown) {
        setSettings(before);
        throw thrown;
      }
    });
  }

  useEffect(() => {
    void run(async () => setSettings(await messenger.client.settings()));
  }, []);

  return (
    <section>
      <h2>{words.say.others}</h2>
      {settings !== null && (
        <>
          <Switch
            name={words.say.typingSwitch}
            text={words.say.typingSwitchText}
            on={settings.typing}
            change={(typing) => change({ ...settings, typing })}
          />
          <Switch
            name={words.say.readSwitch}
            text={words.say.readSwitchText}
            on={settings.readMarks}
            change={(readMarks) => change({ ...settings, readMarks })}
          />
        </>
      )}
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
    </section>
  );
}

interface SwitchProps {
  name: string;
  text: string;
  on: boolean;
  change: (on: boolean) => void;
}

function Switch({ name, text, on, change }: SwitchProps) {
  const meaning = useId();
  return (
    <div className="way">
      <label className="way-name">
        <input type="checkbox" role="switch" checked={on} aria-describedby={meaning} onChange={(event) => change(event.target.checked)} />
        <span>{name}</span>
      </label>
      <p className="way-text small soft" id={meaning}>
        {text}
      </p>
    </div>
  );
}
