import type { Letter } from './rows';
import { Signal } from './signal';

/** What the palette was opened for: anything, the letters of one conversation, or to choose who gets a copy of a letter. */
export type Wanted = { kind: 'anything' } | { kind: 'within'; conversation: string } | { kind: 'forward'; letter: Letter };

const palette = new Signal<Wanted | null>(null);

export function openPalette(wanted: Wanted = { kind: 'anything' }): void {
  palette.set(wanted);
}

export function closePalette(): void {
  palette.set(null);
}

export function usePalette(): Wanted | null {
  return palette.use();
}
