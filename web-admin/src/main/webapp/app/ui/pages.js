import { html, useCallback, useEffect, useRef, useState } from '../core/html.js';
import { t } from '../core/texts.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Page } from '../core/types.js'
 */

/** @template T @typedef {{items: T[] | null, next: string | null, error: Failed | null, isLoading: boolean}} State items: null as long as none are there */

/** @template T @typedef {State<T> & {more: () => Promise<void>, again: () => Promise<void>}} Parts */

/**
 * A long list that comes in parts.
 * @template T
 * @param {(cursor: string | null, signal: AbortSignal) => Promise<Page<T>>} fetcher
 * @param {any[]} inputs begun anew when one of these changes
 * @returns {Parts<T>}
 */
export function useParts(fetcher, inputs = []) {
  const [state, set] = useState(/** @type {State<T>} */ ({ items: null, next: null, error: null, isLoading: false }));
  const controller = useRef(/** @type {AbortController | null} */ (null));
  const load = useCallback(async (/** @type {string | null} */ cursor) => {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    set((old) => ({ ...old, isLoading: true, error: null }));
    try {
      const part = await fetcher(cursor, mine.signal);
      if (!mine.signal.aborted) set((old) => ({ items: cursor === null ? part.items : [...(old.items ?? []), ...part.items], next: part.next, error: null, isLoading: false }));
    } catch (error) {
      if (!mine.signal.aborted) set((old) => ({ ...old, error, isLoading: false }));
    }
  }, inputs);
  useEffect(() => {
    load(null);
    return () => controller.current?.abort();
  }, inputs);
  return { ...state, more: () => load(state.next), again: () => load(null) };
}

/** Fetches the next part. @param {{of: Parts<any>}} properties */
export function More({ of }) {
  return of.next && html`<button disabled=${of.isLoading} onClick=${of.more}>${t('list.more')}</button>`;
}
