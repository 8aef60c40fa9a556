import { html, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { navigate } from '../core/router.js';
import { can } from '../core/connection.js';
import { useStyle } from '../core/style.js';
import { counted, t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Empty, Failure, Panel, useResource } from '../ui/panel.js';
import { More, useParts } from '../ui/pages.js';
import { CopyCommand } from '../ui/command.js';
import { Confirm } from '../ui/confirm.js';
import { tell } from '../ui/toast.js';
import { draft } from './draft.js';
import { Changes } from './changes.js';

/** @import { RevisionDetail } from '../core/types.js' */

/** All changes of the configuration: who, when, why. */
function History() {
  const all = useParts((cursor, signal) => get('history', { cursor, limit: 50 }, { signal }));
  const items = all.items ?? [];
  return html`<div class="sheet stack"><div class="page-head"><a href="/pipeline">‹ ${t('page.pipeline')}</a><h1>${t('history.title')}</h1><span class="grow"></span><${CopyCommand} command="intelmqctl history" /></div>
    ${all.error && html`<${Failure} error=${all.error} again=${all.again} />`}
    ${all.items && items.length === 0 && html`<${Empty} icon="clock-history" text=${t('history.empty')} />`}
    ${items.length > 0 && html`<div class="card"><table><thead><tr><th>#</th><th>${t('history.time')}</th><th>${t('history.who')}</th><th>${t('history.reason')}</th><th>${t('history.file')}</th><th class="number">${t('history.changes')}</th></tr></thead>
      <tbody>${items.map((each) => html`<tr key=${each.revision} onClick=${() => navigate(`/pipeline/history/${each.revision}`)}><td><a href=${`/pipeline/history/${each.revision}`}>${each.revision}</a></td>
        <td>${time(each.time)}</td><td>${each.who ?? t('history.byhand')}</td><td>${each.reason ?? ''}</td><td class="muted">${each.file ?? ''}</td><td class="number">${each.changes}</td></tr>`)}</tbody></table></div>`}
    <${More} of=${all} /></div>`;
}

/** One change: its differences, and a way back. @param {{revision: string, against?: string}} properties against: the one compared with, if not the one before */
function Revision({ revision, against }) {
  const one = useResource((signal) => get(`history/${revision}`, { against }, { signal }), [revision, against]);
  const [isAsking, ask] = useState(false);
  const rollBack = async () => {
    try {
      draft.set(await post(`history/${revision}/rollback`, { reason: t('history.rollback.reason', { revision }), replace: false }));
      navigate('/pipeline/draft/plan');
    } catch (error) { tell(error); }
  };
  return html`<div class="sheet stack"><div class="page-head"><a href="/pipeline/history">‹ ${t('history.title')}</a><h1>${t('history.revision', { revision })}${against && ` – ${t('history.revision', { revision: against })}`}</h1><span class="grow"></span><${CopyCommand} command=${`intelmqctl rollback ${revision}`} /></div>
    <${Panel} of=${one}>${(/** @type {RevisionDetail} */ data) => html`<p>${time(data.about.time)} <strong>${data.about.who ?? t('history.byhand')}</strong> ${data.about.reason ?? ''}</p>
      <p class="muted">${counted('history.count', data.changes.length)}</p>
      <${Changes} changes=${data.changes} />
      <details><summary>${t('history.text')}</summary><pre class="card">${data.text_diff}</pre></details>
      <div><button disabled=${!can('editor')} onClick=${() => ask(true)}>${t('history.rollback')}</button></div>`}<//>
    ${isAsking && html`<${Confirm} title=${t('history.rollback')} text=${t('history.rollback.text', { revision })} isDangerous=${false} action=${t('history.rollback')} onClose=${() => ask(false)} onConfirm=${rollBack} />`}</div>`;
}

/** What was changed before. @param {{revision?: string, query: Record<string, string>}} properties */
export default function HistoryPage({ revision, query }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  if (!isReady) return null;
  return revision ? html`<${Revision} revision=${revision} against=${query.against} key=${revision} />` : html`<${History} />`;
}
