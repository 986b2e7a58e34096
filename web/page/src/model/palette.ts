import { useSyncExternalStore } from 'react';
import type { Letter } from './rows';

/** What the palette was opened for: anything, the letters of one conversation, or to choose who gets a copy of a letter. */
export type Wanted = { kind: 'anything' } | { kind: 'within'; conversation: string } | { kind: 'forward'; letter: Letter };

let wanted: Wanted | null = null;
const listeners = new Set<() => void>();

export function openPalette(what: Wanted = { kind: 'anything' }): void {
  wanted = what;
  listeners.forEach((listener) => listener());
}

export function closePalette(): void {
  wanted = null;
  listeners.forEach((listener) => listener());
}

export function usePalette(): Wanted | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => wanted,
  );
}
