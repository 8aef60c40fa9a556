import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Parameters } from './parameters.js';
import { Routes } from './routes.js';

/**
 * @import { Draft } from '../core/types.js'
 * @import { DraftedBot } from './draft.js'
 */

/** One bot of the draft, beside the graph. @param {{bot: DraftedBot, now: Draft, onConnect: () => void, onClose: () => void}} properties */
export function BotForm({ bot, now, onConnect, onClose }) {
  return html`<aside class="side form" aria-label=${bot.id}>
    <div class="row"><h2 class="grow">${bot.id}</h2><button class="plain" aria-label=${t('close')} onClick=${onClose}><${Icon} name="x-lg" /></button></div>
    <p class="muted">${bot.description}</p>
    ${bot.group !== 'Output' && html`<${Routes} bot=${bot} onConnect=${onConnect} />`}
    <${Parameters} bot=${bot} now=${now} />
  </aside>`;
}
