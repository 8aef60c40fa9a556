import { html, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { can } from '../core/connection.js';
import { useLive } from '../core/live.js';
import { t } from '../core/texts.js';
import { bytes, count } from '../core/format.js';
import { Confirm } from '../ui/confirm.js';
import { Message } from '../ui/message.js';
import { More, useParts } from '../ui/pages.js';
import { Empty, Failure, Panel, useResource } from '../ui/panel.js';
import { tell, toast } from '../ui/toast.js';
import { MoveMessages } from './move.js';

/** @import { Queue, WaitingMessage } from '../core/types.js' */

/** @param {{item: WaitingMessage, name: string}} properties */
function Row({ item, name }) {
  const [full, setFull] = useState(item.message);
  const load = async () => {
    try {
      const [found] = (await get(`queues/${name}/messages`, { limit: 1, cursor: item.index, full: true })).items;
      if (found) setFull(found.message); else toast(t('queue.gone'), { kind: 'warn' });
    } catch (error) { tell(error); }
  };
  return html`<li class="card"><div class="row muted small"><span>#${item.index}</span><span>${bytes(item.size)}</span></div>
    ${full ? html`<${Message} message=${full} />` : html`<button onClick=${load}>${t('queue.load', { size: bytes(item.size) })}</button>`}</li>`;
}

/** The messages of a queue, oldest first; looking takes nothing out. @param {{name: string}} properties */
export function QueueMessages({ name }) {
  const queue = useResource((signal) => get(`queues/${name}`, null, { signal }), [name]);
  const messages = useParts((cursor, signal) => get(`queues/${name}/messages`, { cursor, limit: 20 }, { signal }), [name]);
  const [asked, ask] = useState(/** @type {'move' | 'purge' | null} */ (null));
  const again = () => { queue.again(); messages.again(); };
  // messages are put back by a job, which ends later than it is answered
  useLive('job', ({ state }) => { if (state !== 'running' && state !== 'waiting') again(); });
  const purge = async () => {
    try {
      const { count: gone, dump } = await post(`queues/${name}/purge`, { confirm: name });
      toast(t('queue.purged', { n: count(gone), name }), dump ? { action: { text: t('undo'), run: () => recover(dump) } } : {});
    } catch (error) { tell(error); }
    again();
  };
  const recover = async (/** @type {string} */ dump) => {
    try { await post(`queues/${name}/retry`, { dump }); } catch (error) { tell(error); }
    again();
  };
  const retry = async () => {
    try { toast(t('queue.retried', { n: count((await post(`queues/${name}/retry`, {})).count) })); } catch (error) { tell(error); }
    again();
  };
  const isOff = !can('operator');
  return html`<div class="stack">
    <${Panel} of=${queue}>${(/** @type {Queue} */ one) => html`<div class="row"><strong class="figure">${t('queue.waiting', { n: count(one.waiting) })}</strong>
      <span class="grow"></span><button onClick=${again}>${t('refresh')}</button>
      <button disabled=${isOff} title=${t('queue.retry.help')} onClick=${retry}>${t('queue.retry')}</button>
      <button disabled=${isOff || one.waiting === 0} onClick=${() => ask('move')}>${t('queue.move')}</button>
      <button class="danger" disabled=${isOff || one.waiting === 0} onClick=${() => ask('purge')}>${t('queue.purge')}</button></div>`}<//>
    ${messages.error && html`<${Failure} error=${messages.error} again=${messages.again} />`}
    ${messages.items?.length === 0 && html`<${Empty} icon="inboxes" text=${t('queue.empty')} />`}
    <ol class="stack">${(messages.items ?? []).map((item) => html`<${Row} key=${item.index} item=${item} name=${name} />`)}</ol>
    <${More} of=${messages} />
    ${asked === 'move' && html`<${MoveMessages} name=${name} waiting=${queue.data?.waiting} onDone=${again} onClose=${() => ask(null)} />`}
    ${asked === 'purge' && html`<${Confirm} title=${t('queue.purge.title', { name })} text=${t('queue.purge.text', { n: count(queue.data?.waiting) })} typed=${name}
      action=${t('queue.purge')} onClose=${() => ask(null)} onConfirm=${purge} />`}
  </div>`;
}
