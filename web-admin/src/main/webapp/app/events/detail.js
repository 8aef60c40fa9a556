import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Message } from '../ui/message.js';
import { Panel, useResource } from '../ui/panel.js';
import { go, toggle } from './query.js';

/** @import { Fields } from '../core/types.js' */

/** A field's value alone, or all others; not of what is nowhere twice. @param {string} name @param {any} value */
const narrow = (name, value) => name !== 'id' && name !== 'raw' && ['string', 'number', 'boolean'].includes(typeof value) && html`<span class="narrow">
  <button class="plain" aria-label=${t('facet.only', { value })} title=${t('facet.only', { value })} onClick=${() => toggle(name, value)}>+</button>
  <button class="plain" aria-label=${t('facet.not', { value })} title=${t('facet.not', { value })} onClick=${() => toggle(name, value, true)}>−</button></span>`;

/** One event with all its fields, raw data readable. @param {{id: string}} properties */
export function Detail({ id }) {
  const event = useResource((signal) => get(`events/${id}`, null, { signal }), [id]);
  return html`<aside class="side" aria-label=${t('event.title')}><div class="row"><h2 class="grow">${t('event.title')} ${id}</h2>
    <button class="plain" aria-label=${t('close')} onClick=${() => go({ event: null })}><${Icon} name="x-lg" /></button></div>
    <${Panel} of=${event}>${(/** @type {Fields} */ one) => html`<${Message} message=${one} more=${narrow} />`}<//></aside>`;
}
