import { useSyncExternalStore } from 'react';

/** Where the person is. Kept in memory: the address bar and the browser's history never learn whose conversation it is. */
export type Place =
  | { kind: 'home' }
  | { kind: 'conversation'; id: string }
  | { kind: 'details'; id: string; at?: 'travel' }
  | { kind: 'invitations' }
  | { kind: 'accept' }
  | { kind: 'settings' };

const HOME: Place = { kind: 'home' };

let places: Place[] = [HOME];
const listeners = new Set<() => void>();

function tell(): void {
  listeners.forEach((listener) => listener());
}

/** Starts at home and lets the browser's own back button go back. */
export function followHistory(): void {
  history.replaceState(0, '', location.pathname);
  addEventListener('popstate', (event) => {
    const depth = typeof event.state === 'number' ? event.state : 0;
    places = places.slice(0, Math.max(1, depth + 1));
    tell();
  });
}

/** Goes to a place; one of the same level takes the place of the present one. */
export function go(place: Place): void {
  const depth = place.kind === 'home' ? 0 : place.kind === 'details' ? 2 : 1;
  const below: Place[] = depth === 2 && 'id' in place ? [HOME, { kind: 'conversation', id: place.id }] : [HOME];
  const next = depth === 0 ? [HOME] : [...below, place];
  const before = places.length;
  places = next;
  for (let level = before; level < next.length; level++) history.pushState(level, '', location.pathname);
  if (next.length < before) history.go(next.length - before);
  tell();
}

/** One level up; nothing at home. */
export function back(): void {
  if (places.length > 1) history.back();
}

export function here(): Place {
  return places[places.length - 1] ?? HOME;
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, here);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Three columns, two, or one: in em, so that large text counts as a small screen. */
export type Width = 'wide' | 'medium' | 'narrow';

const wide = matchMedia('(min-width: 68em)');
const medium = matchMedia('(min-width: 44em)');

function width(): Width {
  return wide.matches ? 'wide' : medium.matches ? 'medium' : 'narrow';
}

export function useWidth(): Width {
  return useSyncExternalStore((listener) => {
    wide.addEventListener('change', listener);
    medium.addEventListener('change', listener);
    return () => {
      wide.removeEventListener('change', listener);
      medium.removeEventListener('change', listener);
    };
  }, width);
}
