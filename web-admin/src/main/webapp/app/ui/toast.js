import { inSentences } from '../core/api.js';
import { html } from '../core/html.js';
import { createStore, useStore } from '../core/store.js';
import { t } from '../core/texts.js';
import { Icon } from './icon.js';
import { spoken } from './said.js';

/** @import { Failed } from '../core/api.js' */
/** @typedef {{text: string, run: () => unknown}} Action @typedef {{id: number, text: string, kind: string, action: Action | null, lang?: string}} Toast */

const toasts = createStore(/** @type {Toast[]} */ ([]));
let last = 0;

/**
 * Says something that is done or failed; an error stays until it is closed.
 * @param {string} text
 * @param {{kind?: string, action?: Action | null, lang?: string}} more
 */
export function toast(text, { kind = 'ok', action = null, lang } = {}) {
  const id = ++last;
  toasts.update((all) => [...all.slice(-3), { id, text, kind, action, lang }]);
  if (kind === 'ok' && !action) setTimeout(() => close(id), 6000);
}

/** Tells of a failure, with the remedy. @param {Failed} error */
export const tell = (error) => toast(inSentences(error), { kind: 'error', lang: spoken(error) });

const close = (/** @type {number} */ id) => toasts.update((all) => all.filter((each) => each.id !== id));

export function Toasts() {
  const all = useStore(toasts);
  return html`<div class="toasts" role="status" aria-live="polite">${all.map((each) => html`
    <div class=${`note ${each.kind}`} key=${each.id}>
      <span class="grow" lang=${each.lang}>${each.text}</span>
      ${each.action && html`<button onClick=${() => { close(each.id); each.action?.run(); }}>${each.action.text}</button>`}
      <button class="plain" aria-label=${t('close')} onClick=${() => close(each.id)}><${Icon} name="x-lg" /></button>
    </div>`)}</div>`;
}
