import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Message } from '../ui/message.js';
import { Panel, useResource } from '../ui/panel.js';
import { go } from './query.js';

/** @import { Fields } from '../core/types.js' */

/** One event with all its fields, raw data readable. @param {{id: string}} properties */
export function Detail({ id }) {
  const event = useResource((signal) => get(`events/${id}`, null, { signal }), [id]);
  return html`<aside class="side" aria-label=${t('event.title')}><div class="row"><h2 class="grow">${t('event.title')} ${id}</h2>
    <button class="plain" aria-label=${t('close')} onClick=${() => go({ event: null })}><${Icon} name="x-lg" /></button></div>
    <${Panel} of=${event}>${(/** @type {Fields} */ one) => html`<${Message} message=${one.event ?? one} />`}<//></aside>`;
}
