import { html, useState } from '../core/html.js';
import { get, post, put } from '../core/api.js';
import { can } from '../core/connection.js';
import { t } from '../core/texts.js';
import { bytes, time } from '../core/format.js';
import { Message } from '../ui/message.js';
import { tell } from '../ui/toast.js';
import { Tried } from '../ui/tried.js';
import { EditMessage } from './edit.js';

/** @import { Dump, DumpedMessage, TriedMessage } from '../core/types.js' */

/** @param {{bot: string, full: DumpedMessage, onChange: (full: DumpedMessage) => void}} properties */
function Content({ bot, full, onChange }) {
  const [isEditing, edit] = useState(false);
  const [tried, setTried] = useState(/** @type {TriedMessage[] | null} */ (null));
  const message = full.base64 ? full.message : JSON.stringify(JSON.parse(full.message), null, 1);
  const save = async (/** @type {string} */ text) => {
    try {
      onChange(await put(`dumps/${bot}/${encodeURIComponent(full.id)}`, { message: text }));
      edit(false);
    } catch (error) { tell(error); }
  };
  const attempt = async () => {
    try { setTried(await post(`bots/${bot}/trial`, { messages: [full.message] })); } catch (error) { tell(error); }
  };
  return html`<details><summary>${t('dumps.why')}</summary><pre class="small">${full.traceback}</pre></details>
    ${isEditing ? html`<${EditMessage} message=${message} onSave=${save} onClose=${() => edit(false)} />` : html`<${Message} message=${full.message} />
      <div class="row"><button disabled=${!can('operator') || full.base64} onClick=${() => edit(true)}>${t('dumps.edit')}</button>
        <button disabled=${!can('operator') || full.base64} onClick=${attempt}>${t('dumps.dry')}</button></div>`}
    ${tried && html`<ol>${tried.map((result) => html`<${Tried} result=${result} />`)}</ol>`}`;
}

/** One dumped message: why it failed, and editing it, and what the bot would make of it now. @param {{bot: string, entry: Dump, isChosen: boolean, onChoose: () => void}} properties */
export function Entry({ bot, entry, isChosen, onChoose }) {
  const [full, setFull] = useState(/** @type {DumpedMessage | null} */ (null));
  const load = async () => {
    try { setFull(await get(`dumps/${bot}/${encodeURIComponent(entry.id)}`)); } catch (error) { tell(error); }
  };
  return html`<li class="entry stack">
    <div class="row"><label class="row mono small"><input type="checkbox" checked=${isChosen} onChange=${onChoose} />${entry.id}</label><span class="muted small">${time(entry.time)}</span><span class="muted small">${bytes(entry.size)}</span><span class="grow"></span>
      <button aria-expanded=${Boolean(full)} onClick=${full ? () => setFull(null) : load}>${t(full ? 'message.less' : 'dumps.show')}</button></div>
    ${full && html`<${Content} bot=${bot} full=${full} onChange=${setFull} />`}
  </li>`;
}
