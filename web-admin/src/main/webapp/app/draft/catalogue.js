import { heard, html, submitted, useMemo, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Dialog } from '../ui/dialog.js';
import { Panel, useResource } from '../ui/panel.js';

/** @import { BotType } from '../core/types.js' */
/** @typedef {BotType & {group: string}} Kind */

/** @type {Promise<Record<string, BotType[]>> | null} */
let loaded = null;

/** All kinds of bots, asked for once. */
export function useCatalogue() {
  return useResource(async () => {
    loaded ??= get('catalogue/details').catch((error) => { loaded = null; throw error; });
    return Object.entries(await loaded).flatMap(([group, types]) => types.map((type) => ({ ...type, group })));
  });
}

/** Those kinds that have all words of a text in what is said of them. @param {Kind[]} types @param {string} text */
export function found(types, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return types.filter((each) => words.every((word) => `${each.name} ${each.group} ${each.module} ${each.description}`.toLowerCase().includes(word)));
}

/** A free id for a bot of this kind. @param {Kind} type @param {string[]} ids */
export function freeId(type, ids) {
  const base = `${type.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}-${type.group.toLowerCase()}`;
  let id = base;
  for (let n = 2; ids.includes(id); n++) id = `${base}-${n}`;
  return id;
}

/** Chooses a kind of bot and names it. @param {{ids: string[], onAdd: (id: string, type: Kind) => unknown, onClose: () => void}} properties */
export function AddBot({ ids, onAdd, onClose }) {
  const catalogue = useCatalogue();
  const [text, setText] = useState('');
  const [type, choose] = useState(/** @type {Kind | null} */ (null));
  const shown = useMemo(() => found(catalogue.data ?? [], text), [text, catalogue.data]);
  const submit = submitted(({ id }) => { if (type) onAdd(id, type); });
  return html`<${Dialog} title=${t('add.title')} onClose=${onClose} className="add-bot"><div class="stack">
    <h1>${t('add.title')}</h1>
    <input type="search" autofocus aria-label=${t('add.find')} placeholder=${t('add.find')} value=${text} onInput=${heard(setText)} />
    <${Panel} of=${catalogue}>${() => html`<ul class="types" role="listbox" aria-label=${t('add.kinds')}>${shown.map((each) => html`
      <li role="option" tabindex="0" aria-selected=${each === type} onClick=${() => choose(each)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(each); } }} key=${each.module}>
        <strong>${each.name}</strong> <span class="muted small">${each.group}</span><p class="muted small" lang="en">${each.description}</p></li>`)}</ul>`}<//>
    <form onSubmit=${submit} class="row"><label for="new-id">${t('add.id')}</label>
      <input id="new-id" class="grow" name="id" pattern="[0-9A-Za-z\\-]+" required disabled=${!type} key=${type?.module} defaultValue=${type ? freeId(type, ids) : ''} />
      <button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary" disabled=${!type}>${t('add.submit')}</button></form>
  </div><//>`;
}
