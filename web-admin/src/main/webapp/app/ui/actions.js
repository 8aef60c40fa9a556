import { html } from '../core/html.js';
import { post } from '../core/api.js';
import { can, useLost } from '../core/connection.js';
import { may } from '../core/session.js';
import { t } from '../core/texts.js';
import { Icon } from './icon.js';
import { condition } from './state.js';
import { tell, toast } from './toast.js';

/** @import { Bot } from '../core/types.js' */
/** @typedef {'start' | 'stop' | 'reload' | 'restart'} Action */

/** @param {Bot} bot */
export function isOff(bot) {
  const now = condition(bot);
  return now === 'stopped' || now === 'disabled' || bot.state !== 'running';
}

/** Does it, and says what came of it. @param {Bot} bot @param {Action} action */
export async function act(bot, action) {
  try {
    const states = await post(`bots/${bot.id}/${action}`);
    toast(t(`done.${action}`, { id: bot.id, state: states[bot.id] }));
  } catch (error) { tell(error); }
}

/** Start, stop, reload and restart, with the reason where the role does not allow it. @param {{bot: Bot, onDone?: () => unknown}} properties */
export function BotActions({ bot, onDone }) {
  const isLost = useLost();
  const why = isLost ? t('needs.server') : may('operator') ? '' : t('needs', { role: 'operator' });
  const button = (/** @type {Action} */ action, /** @type {string} */ icon) => html`<button disabled=${!can('operator')} title=${why} onClick=${() => act(bot, action).then(() => onDone?.())}>
    <${Icon} name=${icon} />${t(`do.${action}`)}</button>`;
  return html`<div class="row">${isOff(bot) ? button('start', 'play-fill') : html`${button('stop', 'stop-fill')}${button('reload', 'arrow-clockwise')}${button('restart', 'arrow-repeat')}`}</div>`;
}
