import { useSyncExternalStore } from 'react';

/** One value that parts of the page share, and render anew when it is another. */
export class Signal<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#listeners.forEach((listener) => listener());
  }

  use(): T {
    return useSyncExternalStore(this.#subscribe, () => this.#value);
  }

  readonly #subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
