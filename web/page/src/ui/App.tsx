import { useEffect, useState } from 'react';
import { messenger, useMessenger } from '../model/messenger';
import { words } from '../words';
import { Action } from './controls';
import { BackupWord, FirstRun, Threshold } from './FirstRun';
import { Shell } from './Shell';

/** What is shown depends on how far one got: let in, answered, set up, told about backups. */
export function App() {
  const link = useMessenger((state) => state.link);
  const status = useMessenger((state) => state.status);
  const [mustKnow, setMustKnow] = useState(false);

  if (link === 'closed') return <Gate />;
  if (status === null) return link === 'gone' ? <Gone /> : <Opening />;
  if (status.name === null) return <FirstRun done={() => setMustKnow(true)} />;
  if (mustKnow && !status.hasBackup) return <BackupWord name={status.name} understood={() => setMustKnow(false)} />;
  return <Shell />;
}

function Gate() {
  return (
    <Threshold title={words.gate.title}>
      <p>{words.gate.text}</p>
      <p className="code well">{words.gate.command}</p>
      <p className="soft">{words.gate.usedUp}</p>
    </Threshold>
  );
}

function Gone() {
  return (
    <Threshold title={words.gone.title}>
      <p>{words.gone.text}</p>
      <p className="code well">{words.gone.command}</p>
      <Action look="primary" onPress={() => void messenger.hurry()}>
        {words.tryNow}
      </Action>
    </Threshold>
  );
}

/** Says nothing at first: most openings take less time than reading would. */
function Opening() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 600);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="threshold">
      <p className="soft" role="status">
        {slow && words.opening}
      </p>
    </main>
  );
}
