import { html, useEffect, useElement, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { useLost } from '../core/connection.js';
import { bind } from '../core/keys.js';
import { navigate } from '../core/router.js';
import { counted, t } from '../core/texts.js';
import { count } from '../core/format.js';
import { CopyCommand } from '../ui/command.js';
import { Failure, Panel, useResource } from '../ui/panel.js';
import { tell, toast } from '../ui/toast.js';
import { Applying } from './applying.js';
import { Changes } from './changes.js';
import { Conflict } from './conflict.js';
import { draft, loadDraft } from './draft.js';
import { Said } from '../ui/said.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Draft, Plan as Planned, Problem, Removal as Removed } from '../core/types.js'
 * @import { Choice } from './conflict.js'
 */

const KINDS = /** @type {const} */ (['starts', 'restarts', 'reloads', 'stops']);

/** @param {{plan: Planned}} properties */
function Summary({ plan }) {
  return html`<ul class="row plan-summary">${KINDS.filter((kind) => plan[kind].length > 0).map((kind) => html`<li class="card" title=${plan[kind].join(', ')}><strong>${counted(`plan.${kind}`, plan[kind].length)}</strong>
    <span class="muted small">${plan[kind].slice(0, 4).join(', ')}${plan[kind].length > 4 ? ' …' : ''}</span></li>`)}</ul>`;
}

/** @param {{removal: Removed, choice: string | null, onChoose: (choice: string) => void}} properties */
function Removal({ removal, choice, onChoose }) {
  return html`<fieldset class="card"><legend><strong>${t('plan.removes', { id: removal.bot })}</strong></legend>
    ${removal.queue && html`<p>${counted('plan.waiting', removal.waiting, { count: count(removal.waiting), queue: removal.queue })}</p>
      <div class="row">${removal.choices.filter((each) => each !== 'move' || removal.move_to).map((each) => html`<label class="row"><input type="radio" name=${removal.bot} checked=${choice === each} onChange=${() => onChoose(each)} />
        ${t(`plan.${each}`, { to: removal.move_to, seconds: removal.drain_seconds })}</label>`)}</div>`}</fieldset>`;
}

const isRefused = (/** @type {Problem} */ problem) => problem.severity === 'refused';
const isSame = (/** @type {Problem} */ one, /** @type {Problem} */ other) => one.bot === other.bot && one.parameter === other.parameter && one.text === other.text;

/** What the start would refuse, and what is in force does not have: nothing can be applied before it is mended. @param {{problems: Problem[]}} properties */
function Refused({ problems }) {
  return html`<section class="note error" role="alert"><strong>${counted('draft.problems', problems.length)}</strong>
    <ul>${problems.map((each) => html`<li>${each.bot && html`<a href=${`/pipeline/draft?bot=${each.bot}`}>${each.bot}</a> `}<${Said} text=${each.text} /></li>`)}</ul></section>`;
}

/** The state of before as a draft, with its plan. @param {number} revision */
async function goBack(revision) {
  try {
    const { items } = await get('history', { limit: 100 });
    const done = items.find((each) => each.revision === revision);
    const before = done && items.find((each) => each.revision < revision && each.file === done.file);
    if (!before) {
      navigate('/pipeline/history');
      return;
    }
    draft.set(await post(`history/${before.revision}/rollback`, { reason: t('history.rollback.reason', { revision: before.revision }), replace: false }));
    navigate('/pipeline/draft/plan');
  } catch (error) { tell(error); }
}

/** What applying the draft will do, and applying it. @param {{now: Draft}} properties */
export function Plan({ now }) {
  const { version, problems } = now;
  const plan = useResource((signal) => get('draft/plan', null, { signal }), [version]);
  const known = useResource((signal) => get('check', null, { signal }));
  const [queues, setQueues] = useState(/** @type {Record<string, string>} */ ({}));
  const [resolve, setResolve] = useState(/** @type {Record<string, Choice>} */ ({}));
  const [state, setState] = useState(/** @type {{isBusy?: boolean, error?: Failed}} */ ({}));
  const reason = useElement(HTMLInputElement);
  const isLost = useLost();
  const apply = async () => {
    const { data } = plan;
    if (!data) return;
    const chosen = Object.fromEntries(data.removes.flatMap(({ bot, queue, suggested, move_to: to }) => {
      const choice = queues[bot] ?? suggested;
      return queue && choice ? [[queue, choice === 'move' ? { move: to } : choice]] : [];
    }));
    setState({ isBusy: true });
    try {
      const done = await post('draft/apply', { reason: reason.current.value, version: data.version, queues: chosen, resolve });
      await loadDraft();
      toast(t('plan.done', { revision: done.revision ?? '–' }), { action: done.revision ? { text: t('undo'), run: () => goBack(Number(done.revision)) } : null });
      navigate('/pipeline');
    } catch (error) {
      setState({ error });
      if (error.status === 409) plan.again();
    }
  };
  const button = useElement(HTMLButtonElement);
  useEffect(() => bind('Ctrl+Enter', () => button.current?.click()), []);
  return html`<div class="sheet stack"><div class="page-head"><a href="/pipeline/draft">‹ ${t('plan.back')}</a><h1>${t('plan.title')}</h1><span class="grow"></span><${CopyCommand} command="intelmqctl apply --draft" /></div>
    <${Panel} of=${plan}>${(/** @type {Planned} */ data) => {
      const isOpen = data.conflicts.some((each) => !resolve[each.place]) || data.removes.some((each) => each.queue && each.waiting > 0 && !(queues[each.bot] ?? each.suggested));
      const isEmpty = data.changes.length === 0;
      const refused = problems.filter((each) => isRefused(each) && !(known.data ?? []).some((old) => isSame(old, each)));
      return html`${refused.length > 0 && html`<${Refused} problems=${refused} />`}<${Summary} plan=${data} />
        ${isEmpty && html`<p class="note">${t('plan.nothing')}</p>`}
        ${data.meanwhile.length > 0 && html`<details class="note"><summary>${counted('plan.meanwhile', data.meanwhile.length)}</summary><${Changes} changes=${data.meanwhile} /></details>`}
        ${data.conflicts.map((each) => html`<${Conflict} conflict=${each} choice=${resolve[each.place]} onChoose=${(/** @type {Choice} */ choice) => setResolve({ ...resolve, [each.place]: choice })} />`)}
        ${data.removes.map((each) => html`<${Removal} removal=${each} choice=${queues[each.bot] ?? each.suggested} onChoose=${(/** @type {string} */ choice) => setQueues({ ...queues, [each.bot]: choice })} />`)}
        <${Changes} changes=${data.changes} />
        ${state.isBusy && html`<${Applying} />`}
        ${state.error && html`<${Failure} error=${state.error} />`}
        <div class="apply card row"><label for="plan-reason">${t('plan.reason')}</label><input id="plan-reason" ref=${reason} class="grow" placeholder=${t('plan.reason.hint')} />
          <button class="primary" ref=${button} disabled=${isLost || state.isBusy || isOpen || isEmpty || refused.length > 0 || (!known.data && !known.error)} aria-keyshortcuts="Control+Enter" onClick=${apply}>${counted('plan.apply', data.changes.length)}</button></div>`;
    }}<//></div>`;
}
