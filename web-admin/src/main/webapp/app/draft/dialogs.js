import { heard, html, submitted, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { Dialog } from '../ui/dialog.js';

/** @import { Edit } from '../core/types.js' */
/** @import { DraftedBot } from './draft.js' */

/** Chooses where a bot's events go: the next bot and the path. @param {{bot: DraftedBot, bots: DraftedBot[], onConnect: (edit: Edit) => unknown, onClose: () => void}} properties */
export function Connect({ bot, bots, onConnect, onClose }) {
  const submit = submitted(({ to, path }) => onConnect({ op: 'connect', bot: bot.id, to, path: path || undefined }));
  const others = bots.filter((each) => each.id !== bot.id && each.group !== 'Collector').sort((a, b) => a.id.localeCompare(b.id));
  return html`<${Dialog} title=${t('draft.connect')} onClose=${onClose}><form onSubmit=${submit}>
    <h1>${t('connect.title', { id: bot.id })}</h1>
    <div class="field"><label for="connect-to">${t('connect.to')}</label>
      <input id="connect-to" name="to" list="connect-ids" required autofocus autocomplete="off" />
      <datalist id="connect-ids">${others.map((each) => html`<option value=${each.id}>${each.name}</option>`)}</datalist></div>
    <div class="field"><label for="connect-path">${t('connect.path')}</label><input id="connect-path" name="path" placeholder="_default" list="connect-paths" />
      <datalist id="connect-paths"><option value="_default" /><option value="_on_error" />${bot.group === 'Expert' && html`<option value="_true" /><option value="_false" />`}</datalist>
      <p class="help small">${t('connect.help')}</p></div>
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('draft.connect')}</button></div>
  </form><//>`;
}

/** Asks for a new id, to rename a bot or to copy it.
 * @param {{bot: DraftedBot, op: 'rename' | 'duplicate', ids: string[], onDone: (edit: Edit) => unknown, onClose: () => void}} properties */
export function Rename({ bot, op, ids, onDone, onClose }) {
  const [id, setId] = useState(op === 'rename' ? bot.id : `${bot.id}-2`);
  const isTaken = ids.includes(id) && !(op === 'rename' && id === bot.id);
  return html`<${Dialog} title=${t(`draft.${op}`)} onClose=${onClose}><form onSubmit=${submitted(() => onDone({ op, bot: bot.id, to: id }))}>
    <h1>${t(`${op}.title`, { id: bot.id })}</h1>
    <div class="field"><label for="new-id">${t('add.id')}</label><input id="new-id" autofocus required pattern="[0-9A-Za-z\\-]+" value=${id} aria-invalid=${isTaken ? 'true' : undefined} onInput=${heard(setId)} />
      ${isTaken && html`<p class="wrong small">${t('add.taken', { id })}</p>`}<p class="help small">${t('add.rule')}</p></div>
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary" disabled=${isTaken || id === bot.id}>${t(`draft.${op}`)}</button></div>
  </form><//>`;
}
