import { html, useState } from '../core/html.js';
import { get, post, remove } from '../core/api.js';
import { may } from '../core/session.js';
import { counted, t } from '../core/texts.js';
import { count, time } from '../core/format.js';
import { Confirm } from '../ui/confirm.js';
import { More, useParts } from '../ui/pages.js';
import { Empty, Failure, Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';
import { Job } from './job.js';
import { Entry } from './entry.js';

function Entries({ bot, reason, onChange }) {
  const entries = useParts((cursor, signal) => get(`dumps/${bot}`, { reason, cursor, limit: 20 }, { signal }), [bot, reason]);
  return html`${entries.error && html`<${Failure} error=${entries.error} again=${entries.again} />`}
    <ol class="stack">${(entries.items ?? []).map((entry) => html`<${Entry} key=${entry.id} bot=${bot} entry=${entry} onChange=${() => { entries.again(); onChange(); }} />`)}</ol><${More} of=${entries} />`;
}

function Reason({ group, onChange }) {
  const [isOpen, open] = useState(false);
  const [job, setJob] = useState(null);
  const [isAsking, ask] = useState(false);
  const { bot, reason } = group;
  const recover = async () => {
    try { setJob(await post(`dumps/${bot}/recover`, { reason })); } catch (error) { tell(error); }
  };
  const forget = async () => {
    try { await remove(`dumps/${bot}`, { query: { reason } }); } catch (error) { tell(error); }
    onChange();
  };
  return html`<li class="card stack">
    <div class="row"><button class="plain" aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>${isOpen ? '▾' : '▸'}</button>
      <strong class="figure">${count(group.count)}</strong><a href=${`/bots/${bot}/dumps`}>${bot}</a><span class="grow reason">${reason}</span>
      <span class="muted small">${time(group.oldest)} – ${time(group.newest)}</span>
      <button disabled=${!may('operator') || job} onClick=${recover}>${counted('dumps.recover', group.count, { count: count(group.count) })}</button>
      <button class="danger" disabled=${!may('operator') || job} onClick=${() => ask(true)}>${t('dumps.delete')}</button></div>
    ${job && html`<${Job} job=${job} onEnd=${() => { setJob(null); onChange(); }} />`}
    ${isOpen && html`<${Entries} bot=${bot} reason=${reason} onChange=${onChange} />`}
    ${isAsking && html`<${Confirm} title=${t('dumps.delete.title')} text=${t('dumps.delete.text', { n: count(group.count), bot })} action=${t('dumps.delete')} onClose=${() => ask(false)} onConfirm=${forget} />`}
  </li>`;
}

/** What failed and was set aside, grouped by reason; of one bot or of all. */
export function Dumps({ bot, query = {} }) {
  const groups = useResource((signal) => get('dumps', { bot: bot?.id ?? query.bot, reason: query.reason, q: query.q }, { signal }), [bot?.id, query.bot, query.reason, query.q]);
  return html`<${Panel} of=${groups} isEmpty=${(all) => all.length === 0} empty=${html`<${Empty} icon="check-circle-fill" text=${t('dumps.empty')} />`}>
    ${(all) => html`<ol class="stack">${all.map((group) => html`<${Reason} key=${`${group.bot} ${group.reason}`} group=${group} onChange=${groups.again} />`)}</ol>`}<//>`;
}
