import { TriangleAlert } from 'lucide-react';
import type { NodeView, ProblemKind, StatusView } from '../api/types';
import { messenger, useMessenger } from '../model/messenger';
import { words } from '../words';
import { timeOf } from '../words/dates';
import { Action, Icon } from './controls';

const OF_NODE: Partial<Record<NodeView['state'], ProblemKind>> = {
  UNREACHABLE: 'NODE_UNREACHABLE',
  REFUSING: 'NODE_REFUSED',
  IMPOSTOR: 'NODE_IMPOSTOR',
};

const HURRY_HELPS: ReadonlySet<ProblemKind> = new Set(['NODE_UNREACHABLE', 'NODE_FULL', 'NODE_IMPOSTOR', 'NETWORK_STALE', 'NETWORK_UNDER_SIGNED', 'DISK_FULL']);

/** Above everything: what the person should know now, each with its button. */
export function Notices() {
  const link = useMessenger((state) => state.link);
  const status = useMessenger((state) => state.status);

  return (
    <div className="notices" role="status">
      {link === 'gone' && (
        <Notice button={words.tryNow}>
          <p>{words.gone.bar}</p>
        </Notice>
      )}
      {link === 'reconnecting' && <p className="notice quiet">{words.gone.reconnecting}</p>}
      {link === 'live' &&
        status !== null &&
        kindsOf(status).map((kind) => (
          <Notice key={kind} button={HURRY_HELPS.has(kind) ? words.tryNow : null}>
            <NoticeText kind={kind} status={status} />
          </Notice>
        ))}
      {link === 'live' && status?.network?.state === 'UNREACHABLE' && (
        <Notice button={words.tryNow}>
          <p>
            <strong>{words.network.UNREACHABLE}.</strong>{' '}
            {status.waitingLetters > 0 ? words.waitingLetters(status.waitingLetters) : words.networkHelp.UNREACHABLE}
          </p>
        </Notice>
      )}
    </div>
  );
}

function kindsOf(status: StatusView): ProblemKind[] {
  const general = status.notices.filter((notice) => notice.conversation === null).map((notice) => notice.kind);
  const ofNode = OF_NODE[status.node.state];
  return [...new Set(ofNode === undefined ? general : [...general, ofNode])];
}

function Notice({ button, children }: { button: string | null; children: React.ReactNode }) {
  return (
    <div className="notice">
      <Icon as={TriangleAlert} />
      {children}
      {button !== null && <Action onPress={() => void messenger.hurry().catch(() => {})}>{button}</Action>}
    </div>
  );
}

function NoticeText({ kind, status }: { kind: ProblemKind; status: StatusView }) {
  const [happened, safe] = words.problem[kind] ?? words.problem.UNEXPECTED;
  const counted = kind === 'NODE_UNREACHABLE' && status.waitingLetters > 0;
  return (
    <p>
      <strong>{happened}</strong> {counted ? words.waitingLetters(status.waitingLetters) : safe}
      {status.node.retryAt !== null && kind === 'NODE_UNREACHABLE' && <> {words.retryAt(timeOf(status.node.retryAt))}</>}
    </p>
  );
}
