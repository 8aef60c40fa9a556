import { html, submitted } from '../core/html.js';
import { get, post } from '../core/api.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { Dialog } from '../ui/dialog.js';
import { Panel, useResource } from '../ui/panel.js';
import { tell, toast } from '../ui/toast.js';

/** @import { Queue } from '../core/types.js' */

/** Chooses the queue that takes what waits in another. @param {{name: string, waiting?: number, onDone: () => void, onClose: () => void}} properties */
export function MoveMessages({ name, waiting, onDone, onClose }) {
  const queues = useResource((signal) => get('queues', null, { signal }));
  const submit = submitted(async ({ to }) => {
    try {
      const { count: moved } = await post(`queues/${name}/move`, { to });
      toast(t('queue.moved', { n: count(moved), to }));
      onDone();
    } catch (error) { tell(error); }
    onClose();
  });
  return html`<${Dialog} title=${t('queue.move')} onClose=${onClose}><form onSubmit=${submit}>
    <h1>${t('queue.move.title', { n: count(waiting), name })}</h1>
    <${Panel} of=${queues}>${(/** @type {Queue[]} */ all) => html`<div class="field"><label for="move-to">${t('queue.move.to')}</label><select id="move-to" name="to" autofocus required>
      ${all.filter((each) => each.name !== name && each.bot && !each.internal).map((each) => html`<option value=${each.name}>${each.name} (${count(each.waiting)})</option>`)}</select></div>`}<//>
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary" disabled=${!queues.data}>${t('queue.move')}</button></div>
  </form><//>`;
}
