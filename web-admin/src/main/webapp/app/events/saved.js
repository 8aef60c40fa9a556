import { html, submitted, useState } from '../core/html.js';
import { get, put, remove } from '../core/api.js';
import { navigate } from '../core/router.js';
import { t } from '../core/texts.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';

/** @import { SavedSearch } from '../core/types.js' */

/** @param {{onClose: () => void}} properties */
function Searches({ onClose }) {
  const all = useResource((signal) => get('searches', null, { signal }));
  const save = submitted(({ name }) => put(`searches/${encodeURIComponent(name)}`, { query: location.search }).then(all.again, tell));
  return html`<${Dialog} title=${t('searches.title')} onClose=${onClose}><div class="stack"><h1>${t('searches.title')}</h1>
    <${Panel} of=${all}>${(/** @type {SavedSearch[]} */ found) => html`<ul class="stack">${found.map((each) => html`<li class="row"><button class="plain grow" onClick=${() => { onClose(); navigate(`/events${each.query}`); }}>${each.name}</button>
      <button class="plain" aria-label=${t('searches.remove', { name: each.name })} onClick=${() => remove(`searches/${encodeURIComponent(each.name)}`).then(all.again, tell)}><${Icon} name="trash" /></button></li>`)}</ul>`}<//>
    <form class="row" onSubmit=${save}><input name="name" class="grow" required aria-label=${t('searches.name')} placeholder=${t('searches.name')} /><button class="primary">${t('save')}</button></form>
    <div class="actions"><button onClick=${onClose}>${t('close')}</button></div></div><//>`;
}

/** Searches that were given a name. */
export function Saved() {
  const [isOpen, open] = useState(false);
  return html`<button type="button" onClick=${() => open(true)}><${Icon} name="bookmark" />${t('searches.open')}</button>${isOpen && html`<${Searches} onClose=${() => open(false)} />`}`;
}
