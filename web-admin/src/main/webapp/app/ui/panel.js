import { connection } from '../core/connection.js';
import { html, useCallback, useEffect, useRef, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Icon } from './icon.js';
import { Said, spoken } from './said.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Content } from '../core/html.js'
 */

/** @template T @typedef {{data: T | undefined, error: Failed | null, isLoading: boolean, at: string | null}} State data: undefined as long as it is not there */

/** @template T @typedef {State<T> & {again: () => Promise<void>, set: (data: T) => void}} Resource */

/**
 * Something from the server, and how getting it went. What is there stays while it is fetched again, which is
 * done when a server that was away is back, too.
 * @template T
 * @param {((signal: AbortSignal) => Promise<T>) | null} fetcher null if there is nothing to fetch yet
 * @param {any[]} inputs fetched again when one of these changes
 * @returns {Resource<T>}
 */
export function useResource(fetcher, inputs = []) {
  const [state, set] = useState(/** @type {State<T>} */ ({ data: undefined, error: null, isLoading: Boolean(fetcher), at: null }));
  const controller = useRef(/** @type {AbortController | null} */ (null));
  const again = useCallback(async () => {
    controller.current?.abort();
    if (!fetcher) return;
    const mine = new AbortController();
    controller.current = mine;
    set((old) => ({ ...old, isLoading: true }));
    try {
      const data = await fetcher(mine.signal);
      if (!mine.signal.aborted) set({ data, error: null, isLoading: false, at: new Date().toISOString() });
    } catch (error) {
      if (!mine.signal.aborted) set((old) => ({ ...old, error, isLoading: false }));
    }
  }, inputs);
  useEffect(() => {
    again();
    return () => controller.current?.abort();
  }, inputs);
  useEffect(() => {
    let wasLost = false;
    return connection.watch(({ state: now }) => {
      if (wasLost && now === 'live') again();
      wasLost = now === 'lost';
    });
  }, inputs);
  return { ...state, again, set: (/** @type {T} */ data) => set((old) => ({ ...old, data })) };
}

function Skeleton() {
  const [isShown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class=${isShown ? 'loading skeleton' : 'loading'} role="status">${isShown && html`<span class="hidden-text">${t('panel.loading')}</span>`}</div>`;
}

/** What went wrong, what to do, and Retry. @param {{error: Failed, again?: () => unknown}} properties */
export function Failure({ error, again }) {
  const lang = spoken(error);
  return html`<div class="note error stack" role="alert">
    <div><strong lang=${lang}>${error.message}</strong>${error.code && html` <span class="muted mono">${error.code}</span>`}</div>
    ${error.remedy && html`<div lang=${lang}>${error.remedy}</div>`}
    ${error.problems && error.problems.length > 0 && html`<ul>${error.problems.map((each) => html`<li><${Said} text=${each.text} /></li>`)}</ul>`}
    ${again && html`<div><button onClick=${again}><${Icon} name="arrow-clockwise" />${t('panel.retry')}</button></div>`}
  </div>`;
}

/** Nothing there: why, and the one next step. @param {{icon?: string, text: string, children?: Content}} properties */
export function Empty({ icon = 'info-circle', text, children }) {
  return html`<div class="empty"><${Icon} name=${icon} /><p>${text}</p>${children}</div>`;
}

/**
 * Shows a resource in each of its states; `children` is a function that draws the data.
 * @template T
 * @param {{of: Resource<T>, children: (data: T) => Content, isEmpty?: (data: T) => boolean, empty?: Content}} properties
 */
export function Panel({ of, children, isEmpty = () => false, empty }) {
  if (of.data === undefined && of.error) return html`<${Failure} error=${of.error} again=${of.again} />`;
  if (of.data === undefined) return of.isLoading && html`<${Skeleton} />`;
  return html`
    ${of.error && html`<div class="note warn row" role="status">${t('panel.stale', { time: time(of.at), reason: of.error.message })}
      <button onClick=${of.again}>${t('panel.retry')}</button></div>`}
    ${isEmpty(of.data) ? empty : children(of.data)}`;
}
