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

/** What others have applied while the draft was open: {who, changes}; null if nothing was, or it was seen. */
const seen = createStore(null);

/** Who has applied what since the draft was begun. */
async function others(base, signal) {
  const { items } = await get('history', { limit: 20 }, { signal });
  const begun = items.findIndex((each) => each.version === base);
  return [...new Set(items.slice(0, begun < 0 ? items.length : begun).map((each) => each.who ?? t('meanwhile.somebody')))].join(', ');
}

function News({ who, changes, onClose }) {
  const [isOpen, open] = useState(false);
  const bots = [...new Set(changes.map((each) => each.bot))];
  return html`<section class="note meanwhile stack" role="status"><div class="row"><${Icon} name="people" /><span class="grow">${counted('meanwhile.text', bots.length, { who, bots: bots.slice(0, 3).join(', ') })}</span>
      <button aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>${t('meanwhile.show')}</button><button class="plain" aria-label=${t('close')} onClick=${onClose}><${Icon} name="x-lg" /></button></div>
    ${isOpen && html`<${Changes} changes=${changes} />`}</section>`;
}

/** Both have changed the same: each place needs a decision. */
function Question({ who, conflicts, onDecided }) {
  const [chosen, choose] = useState({});
  return html`<section class="note warn meanwhile stack"><p><${Icon} name="people" /> ${counted('meanwhile.ask', conflicts.length, { who })}</p>
    ${conflicts.map((each) => html`<${Conflict} key=${each.place} conflict=${each} choice=${chosen[each.place]} onChoose=${(choice) => choose({ ...chosen, [each.place]: choice })} />`)}
    <div><button class="primary" disabled=${conflicts.some((each) => !chosen[each.place])} onClick=${() => onDecided(chosen)}>${t('meanwhile.take')}</button></div></section>`;
}

function Merging({ base, version }) {
  const [failed, fail] = useState(null);
  const plan = useResource((signal) => Promise.all([get('draft/plan', null, { signal }), others(base, signal)]).then(([now, who]) => ({ ...now, who })), [base, version]);
  const merge = (resolve) => mergeDraft(resolve).then(() => seen.set({ who: plan.data.who, changes: plan.data.meanwhile }), fail);
  useEffect(() => { if (plan.data && plan.data.conflicts.length === 0) merge({}); }, [plan.data]);
  if (failed || plan.error) return html`<${Failure} error=${failed ?? plan.error} again=${() => { fail(null); plan.again(); }} />`;
  return plan.data?.conflicts.length > 0 && html`<${Question} who=${plan.data.who} conflicts=${plan.data.conflicts} onDecided=${merge} />`;
}

/** Takes what others apply into the draft as soon as they do, and tells of it; asks only if both have changed the same. */
export function Meanwhile() {
  const now = useStore(draft);
  const news = useStore(seen);
  useEffect(() => () => seen.set(null), []);
  return html`${now?.outdated && may('editor') && html`<${Merging} base=${now.base} version=${now.version} />`}
    ${news?.changes.length > 0 && html`<${News} ...${news} onClose=${() => seen.set(null)} />`}`;
}
