import { html, useState } from '../core/html.js';
import { get, post, remove } from '../core/api.js';
import { can } from '../core/connection.js';
import { counted, t } from '../core/texts.js';
import { count, time } from '../core/format.js';
import { Confirm } from '../ui/confirm.js';
import { More, useParts } from '../ui/pages.js';
import { Empty, Failure, Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';
import { Job } from './job.js';
import { Entry } from './entry.js';

/** @import { Dump, DumpGroup, Job as Work } from '../core/types.js' */
/**
 * Which entries are meant: those of a reason, or some of them.
 * @typedef {{reason?: string, ids?: string[]}} Some
 * @typedef {{isOff: boolean, onRecover: (of: Some) => void, onForget: (of: Some, n: number) => void}} Doing
 */

/** Sends messages again, or forgets them: those of a reason, or some of them. @param {Doing & {of: Some, n: number}} properties */
function Actions({ of, n, isOff, onRecover, onForget }) {
  return html`<button disabled=${isOff || n === 0} onClick=${() => onRecover(of)}>${counted('dumps.recover', n, { count: count(n) })}</button>
    <button class="danger" disabled=${isOff || n === 0} onClick=${() => onForget(of, n)}>${t('dumps.delete')}</button>`;
}

/** @param {Doing & {bot: string, reason: string, version: number}} properties */
function Entries({ bot, reason, version, ...actions }) {
  const entries = useParts((cursor, signal) => get(`dumps/${bot}`, { reason, cursor, limit: 20 }, { signal }), [bot, reason, version]);
  const [chosen, choose] = useState(/** @type {Set<string>} */ (new Set()));
  const ids = (entries.items ?? []).map((each) => each.id).filter((id) => chosen.has(id));
  const toggle = (/** @type {string} */ id) => choose((old) => { const now = new Set(old); if (!now.delete(id)) now.add(id); return now; });
  return html`${entries.error && html`<${Failure} error=${entries.error} again=${entries.again} />`}
    <div class="row"><span class="muted">${counted('dumps.chosen', ids.length)}</span><${Actions} of=${{ ids }} n=${ids.length} ...${actions} /></div>
    <ol class="stack">${(entries.items ?? []).map((entry) => html`<${Entry} key=${entry.id} bot=${bot} entry=${entry} isChosen=${chosen.has(entry.id)} onChoose=${() => toggle(entry.id)} />`)}</ol><${More} of=${entries} />`;
}

/** Without the name of the class that says it, which is in the trace for whoever wants it. */
const plain = (/** @type {string} */ reason) => reason.replace(/^(?:[a-z]\w*\.)+[A-Z]\w*: /, '');

/** @param {{group: DumpGroup, onChange: () => void}} properties */
function Reason({ group, onChange }) {
  const [isOpen, open] = useState(false);
  const [job, setJob] = useState(/** @type {Work | null} */ (null));
  const [asked, ask] = useState(/** @type {{of: Some, n: number} | null} */ (null));
  const [version, changed] = useState(0);
  const { bot, reason } = group;
  const done = () => { changed(version + 1); onChange(); };
  const recover = async (/** @type {Some} */ of) => {
    try { setJob(await post(`dumps/${bot}/recover`, of)); } catch (error) { tell(error); }
  };
  const forget = async () => {
    try { await remove(`dumps/${bot}`, { query: asked?.of }); } catch (error) { tell(error); }
    done();
  };
  const actions = { isOff: !can('operator') || Boolean(job), onRecover: recover, onForget: (/** @type {Some} */ of, /** @type {number} */ n) => ask({ of, n }) };
  return html`<li class="card stack">
    <div class="row"><button class="plain" aria-expanded=${isOpen} aria-label=${reason} onClick=${() => open(!isOpen)}>${isOpen ? '▾' : '▸'}</button>
      <strong class="figure">${count(group.count)}</strong><a href=${`/bots/${bot}/dumps`}>${bot}</a><span class="grow reason">${plain(reason)}</span>
      <span class="muted small">${time(group.oldest)} – ${time(group.newest)}</span>
      <${Actions} of=${{ reason }} n=${group.count} ...${actions} /></div>
    ${job && html`<${Job} job=${job} onEnd=${() => { setJob(null); done(); }} />`}
    ${isOpen && html`<${Entries} bot=${bot} reason=${reason} version=${version} ...${actions} />`}
    ${asked && html`<${Confirm} title=${t('dumps.delete.title')} text=${t('dumps.delete.text', { n: count(asked.n), bot })} action=${t('dumps.delete')} onClose=${() => ask(null)} onConfirm=${forget} />`}
  </li>`;
}

/**
 * What failed and was set aside, grouped by reason; of one bot or of all.
 * @param {{bot?: {id: string}, query?: {bot?: string, reason?: string, q?: string}}} properties
 */
export function Dumps({ bot, query = {} }) {
  const groups = useResource((signal) => get('dumps', { bot: bot?.id ?? query.bot, reason: query.reason, q: query.q }, { signal }), [bot?.id, query.bot, query.reason, query.q]);
  return html`<${Panel} of=${groups} isEmpty=${(/** @type {DumpGroup[]} */ all) => all.length === 0} empty=${html`<${Empty} icon="check-circle-fill" text=${t('dumps.empty')} />`}>
    ${(/** @type {DumpGroup[]} */ all) => html`<ol class="stack">${all.map((group) => html`<${Reason} key=${`${group.bot} ${group.reason}`} group=${group} onChange=${groups.again} />`)}</ol>`}<//>`;
}
