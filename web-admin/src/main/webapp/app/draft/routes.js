import { html, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { edit } from './draft.js';

/** @import { DraftedBot } from './draft.js' */

const DEFAULT = '_default';
const PATH = '[^\\s:,]+';

/** A connection's path, to be renamed in place: Enter takes what is typed, Escape leaves it. @param {{bot: string, path: string, queue: string}} properties */
function Path({ bot, path, queue }) {
  const [isEditing, edited] = useState(false);
  const rename = (/** @type {{target: HTMLInputElement}} */ { target }) => {
    const wanted = target.value.trim() || DEFAULT;
    edited(false);
    if (wanted !== path && target.validity.valid) edit({ op: 'disconnect', bot, path, queue }, { op: 'connect', bot, path: wanted, queue });
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') input.value = path;
    input.blur();
  };
  if (!isEditing) {
    return html`<button type="button" class="plain mono small" title=${t('form.path.rename')} aria-label=${t('form.path.rename.label', { path, queue })} onClick=${() => edited(true)}>${path}<${Icon} name="pencil" /></button>`;
  }
  return html`<input class="mono small path-name" size="12" pattern=${PATH} list="known-paths" aria-label=${t('connect.path')} defaultValue=${path} ref=${(/** @type {HTMLInputElement | null} */ input) => { if (input && !input.matches(':focus')) input.select(); }}
    onBlur=${rename} onKeyDown=${onKeyDown} /><datalist id="known-paths"><option value=${DEFAULT} /><option value="_on_error" /><option value="_true" /><option value="_false" /></datalist>`;
}

/** Where a bot of the draft sends its events. @param {{bot: DraftedBot, onConnect: () => void}} properties */
export function Routes({ bot, onConnect }) {
  const all = Object.entries(bot.destination_queues).flatMap(([path, queues]) => queues.map((queue) => ({ path, queue })));
  return html`<section class="stack"><div class="row"><h3 class="grow">${t('form.routes')}</h3><button type="button" onClick=${onConnect}><${Icon} name="plus-lg" />${t('draft.connect')}</button></div>
    ${all.map(({ path, queue }) => html`<div class="row" key=${`${path} ${queue}`}><${Path} bot=${bot.id} path=${path} queue=${queue} /><span class="grow">→ ${queue}</span>
      <button type="button" class="plain" aria-label=${t('form.disconnect', { path, queue })} onClick=${() => edit({ op: 'disconnect', bot: bot.id, path, queue })}><${Icon} name="x-lg" /></button></div>`)}</section>`;
}
