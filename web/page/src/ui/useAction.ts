import { useRef, useState } from 'react';
import { problemOf, type Problem } from '../api/client';

/** One thing asked of the app at a time: whether it is under way, and what stood in its way. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const last = useRef<() => Promise<unknown>>(async () => {});

  async function run(action: () => Promise<unknown>): Promise<void> {
    last.current = action;
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, run, again: () => run(last.current), clear: () => setProblem(null) };
}
