import { useEffect, useState } from './html.js';

/**
 * A value that tells whoever watches it when it has changed.
 * @template T
 * @typedef {{get: () => T, set: (next: T) => void, update: (change: (now: T) => T) => void, watch: (watcher: (now: T) => void) => () => void}} Store watch answers how to stop
 */

/**
 * @template T
 * @param {T} initial
 * @returns {Store<T>}
 */
export function createStore(initial) {
  let value = initial;
  /** @type {Set<(now: T) => void>} */
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      watchers.forEach((watcher) => watcher(value));
    },
    update(change) { this.set(change(value)); },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/**
 * The store's value, or what `select` takes from it; the component is drawn again when that changes.
 * @template T
 * @template [S=T]
 * @param {Store<T>} store
 * @param {(value: T) => S} select
 */
export function useStore(store, select = (value) => /** @type {any} */ (value)) {
  const [seen, see] = useState(() => select(store.get()));
  useEffect(() => {
    see(() => select(store.get()));
    return store.watch((value) => see(() => select(value)));
  }, [store]);
  return seen;
}
