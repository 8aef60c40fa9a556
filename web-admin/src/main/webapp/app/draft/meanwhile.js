import { html, useEffect, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { may } from '../core/session.js';
import { createStore, useStore } from '../core/store.js';
import { counted, t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Failure, useResource } from '../ui/panel.js';
import { Changes } from './changes.js';
import { draft, mergeDraft } from './draft.js';
import { Conflict } from './conflict.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Change, Conflict as Contested } from '../core/types.js'
 * @import { Choice } from './conflict.js'
 */
/** @typedef {{who: string, changes: Change[]}} Applied what others have */

/** What others have applied while the draft was open; null if nothing was, or it was seen. */
const seen = createStore(/** @type {Applied | null} */ (null));

/** Who has applied what since the draft was begun. @param {string} base @param {AbortSignal} signal */
async function others(base, signal) {
  const { items } = await get('history', { limit: 20 }, { signal });
  const begun = items.findIndex((each) => each.version === base);
  return [...new Set(items.slice(0, begun < 0 ? items.length : begun).map((each) => each.who ?? t('meanwhile.somebody')))].join(', ');
}

/** @param {Applied & {onClose: () => void}} properties */
function News({ who, changes, onClose }) {
  const [isOpen, open] = useState(false);
  const bots = [...new Set(changes.map((each) => each.bot))];
  return html`<section class="note meanwhile stack" role="status"><div class="row"><${Icon} name="people" /><span class="grow">${counted('meanwhile.text', bots.length, { who, bots: bots.slice(0, 3).join(', ') })}</span>
      <button aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>${t('meanwhile.show')}</button><button class="plain" aria-label=${t('close')} onClick=${onClose}><${Icon} name="x-lg" /></button></div>
    ${isOpen && html`<${Changes} changes=${changes} />`}</section>`;
}

/** Both have changed the same: each place needs a decision.
 * @param {{who: string, conflicts: Contested[], onDecided: (chosen: Record<string, Choice>) => void}} properties */
function Question({ who, conflicts, onDecided }) {
  const [chosen, choose] = useState(/** @type {Record<string, Choice>} */ ({}));
  return html`<section class="note warn meanwhile stack"><p><${Icon} name="people" /> ${counted('meanwhile.ask', conflicts.length, { who })}</p>
    ${conflicts.map((each) => html`<${Conflict} key=${each.place} conflict=${each} choice=${chosen[each.place]} onChoose=${(/** @type {Choice} */ choice) => choose({ ...chosen, [each.place]: choice })} />`)}
    <div><button class="primary" disabled=${conflicts.some((each) => !chosen[each.place])} onClick=${() => onDecided(chosen)}>${t('meanwhile.take')}</button></div></section>`;
}

/** @param {{base: string, version: string}} properties */
function Merging({ base, version }) {
  const [failed, fail] = useState(/** @type {Failed | null} */ (null));
  const plan = useResource((signal) => Promise.all([get('draft/plan', null, { signal }), others(base, signal)]).then(([now, who]) => ({ ...now, who })), [base, version]);
  const { data } = plan;
  const merge = (/** @type {Record<string, Choice>} */ resolve) => mergeDraft(resolve).then(() => { if (data) seen.set({ who: data.who, changes: data.meanwhile }); }, fail);
  useEffect(() => { if (data && data.conflicts.length === 0) merge({}); }, [data]);
  const error = failed ?? plan.error;
  if (error) return html`<${Failure} error=${error} again=${() => { fail(null); plan.again(); }} />`;
  return data && data.conflicts.length > 0 && html`<${Question} who=${data.who} conflicts=${data.conflicts} onDecided=${merge} />`;
}

/** Takes what others apply into the draft as soon as they do, and tells of it; asks only if both have changed the same. */
export function Meanwhile() {
  const now = useStore(draft);
  const news = useStore(seen);
  useEffect(() => () => seen.set(null), []);
  return html`${now?.outdated && may('editor') && html`<${Merging} base=${now.base} version=${now.version} />`}
    ${news && news.changes.length > 0 && html`<${News} ...${news} onClose=${() => seen.set(null)} />`}`;
}
