import { html, useState } from '../core/html.js';
import { get, post, put } from '../core/api.js';
import { may } from '../core/session.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Message } from '../ui/message.js';
import { tell, toast } from '../ui/toast.js';

/** One dumped message: why it failed, and editing and trying it again. */
export function Entry({ bot, entry, onChange }) {
  const [full, setFull] = useState(null);
  const [text, setText] = useState(null);
  const load = async () => {
    try { setFull(await get(`dumps/${bot}/${encodeURIComponent(entry.id)}`)); } catch (error) { tell(error); }
  };
  const save = async () => {
    try {
      setFull(await put(`dumps/${bot}/${encodeURIComponent(entry.id)}`, { message: text }));
      setText(null);
    } catch (error) { tell(error); }
  };
  const retry = async () => {
    try {
      await post(`dumps/${bot}/recover`, { ids: [entry.id] });
      toast(t('dumps.sent', { id: entry.id }));
      onChange();
    } catch (error) { tell(error); }
  };
  const message = typeof full?.message === 'string' ? full.message : JSON.stringify(full?.message, null, 1);
  return html`<li class="entry stack">
    <div class="row"><span class="mono small">${entry.id}</span><span class="muted small">${time(entry.time)}</span><span class="grow"></span>
      ${!full && html`<button onClick=${load}>${t('dumps.show')}</button>`}
      <button disabled=${!may('operator')} onClick=${retry}>${t('dumps.try')}</button></div>
    ${full && html`<details><summary>${t('dumps.why')}</summary><pre class="small">${full.traceback}</pre></details>
      ${text === null ? html`<${Message} message=${message} /><div><button disabled=${!may('operator')} onClick=${() => setText(message)}>${t('dumps.edit')}</button></div>`
        : html`<textarea class="mono" rows="12" aria-label=${t('dumps.edit')} value=${text} onInput=${(event) => setText(event.target.value)}></textarea>
          <div class="row"><button class="primary" onClick=${save}>${t('save')}</button><button onClick=${() => setText(null)}>${t('cancel')}</button></div>`}`}
  </li>`;
}
