import { html, useCallback, useEffect, useRef, useState } from '../core/html.js';
import { t } from '../core/texts.js';

/**
 * A long list that comes in parts: {items, next, error, isLoading, more, again}.
 * @param {(cursor: string | null, signal: AbortSignal) => Promise<{items: any[], next: string | null}>} fetcher
 * @returns {{items: any[] | null, next: string | null, error: any, isLoading: boolean, more: () => Promise<void>, again: () => Promise<void>}}
 */
export function useParts(fetcher, inputs = []) {
  const [state, set] = useState(/** @type {{items: any[] | null, next: string | null, error: any, isLoading: boolean}} */ ({ items: null, next: null, error: null, isLoading: false }));
  const controller = useRef(null);
  const load = useCallback(async (cursor) => {
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

export function More({ of }) {
  return of.next && html`<button disabled=${of.isLoading} onClick=${of.more}>${t('list.more')}</button>`;
}
