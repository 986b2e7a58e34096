import { UserPlus } from 'lucide-react';
import { go } from '../model/places';
import { words } from '../words';
import { Action } from './controls';

/** Before the first contact: what to do, and one button to do it. */
export function NobodyYet() {
  return (
    <div className="empty">
      <h2>{words.people.empty}</h2>
      <p className="soft">{words.people.emptyText}</p>
      <Action look="primary" icon={UserPlus} onPress={() => go({ kind: 'invitations' })}>
        {words.people.invite}
      </Action>
      <Action look="quiet" onPress={() => go({ kind: 'accept' })}>
        {words.people.accept}
      </Action>
    </div>
  );
}
