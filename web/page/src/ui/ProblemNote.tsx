import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../api/client';
import type { ProblemKind } from '../api/types';
import { words } from '../words';
import { Action, Icon } from './controls';

const AGAIN_HELPS: ReadonlySet<ProblemKind> = new Set([
  'NODE_UNREACHABLE',
  'NETWORK_UNREACHABLE',
  'NODE_IMPOSTOR',
  'NODE_FULL',
  'NODE_FAILED_TO_START',
  'CLOCK_WRONG',
  'NETWORK_STALE',
  'NETWORK_UNDER_SIGNED',
  'WAY_NOT_ALLOWED',
  'LETTER_REFUSED',
  'LETTER_EXPIRED',
  'DISK_FULL',
  'APP_NOT_RUNNING',
  'UNEXPECTED',
]);

interface ProblemNoteProps {
  problem: Problem;
  again?: () => void;
  close?: () => void;
  said?: Partial<Record<ProblemKind, readonly [happened: string, safe: string]>>;
  children?: ReactNode;
}

/** What happened, what was not lost, and a button; looked up by kind. */
export function ProblemNote({ problem, again, close, said = {}, children }: ProblemNoteProps) {
  const [happened, safe] = said[problem.kind] ?? words.problem[problem.kind] ?? words.problem.UNEXPECTED;
  return (
    <div className="note warn" role="alert">
      <Icon as={TriangleAlert} />
      <div className="note-text">
        <p>
          <strong>{happened}</strong> {safe}
          {problem.kind === 'UNEXPECTED' && problem.request !== null && <> {words.requestNumber(problem.request)}</>}
        </p>
        <div className="actions">
          {children ??
            (again !== undefined && AGAIN_HELPS.has(problem.kind) ? (
              <Action onPress={again}>{words.tryAgain}</Action>
            ) : (
              close !== undefined && <Action onPress={close}>{words.understood}</Action>
            ))}
        </div>
      </div>
    </div>
  );
}
