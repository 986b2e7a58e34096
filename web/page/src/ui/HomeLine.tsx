import type { ReactNode } from 'react';
import { hostOf, livesInNetworkOnly, useMessenger } from '../model/messenger';
import { words } from '../words';

/** Where the own mailbox stands, and whether it can be reached. */
export function HomeLine() {
  const status = useMessenger((state) => state.status);
  if (status === null) return null;
  const { node, network } = status;
  if (network !== null && livesInNetworkOnly(status)) {
    return <Line state={network.state}>{words.network[network.state]}</Line>;
  }
  const host = hostOf(node);
  return (
    <Line state={node.state}>
      {words.node[node.state]}
      {host !== null && node.state === 'CONNECTED' && (
        <>
          {' '}
          <bdi>{host}</bdi>
        </>
      )}
    </Line>
  );
}

function Line({ state, children }: { state: string; children: ReactNode }) {
  return (
    <div className="node-line small soft">
      <span className={`dot ${state.toLowerCase()}`} aria-hidden />
      <span>{children}</span>
    </div>
  );
}
