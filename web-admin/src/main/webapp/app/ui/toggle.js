import { html, useEffect, useState } from '../core/html.js';
import { bind } from '../core/keys.js';
import { can } from '../core/connection.js';
import { t } from '../core/texts.js';
import { act, isOff } from './actions.js';
import { Confirm } from './confirm.js';

/** @import { Bot } from '../core/types.js' */

/** The key `s` starts or stops a bot, and asks before. @param {{bot: Bot, onDone: () => unknown}} properties */
export function StartStop({ bot, onDone }) {
  const [isAsking, ask] = useState(false);
  useEffect(() => bind('s', () => { if (can('operator')) ask(true); }), []);
  const action = isOff(bot) ? 'start' : 'stop';
  return isAsking && html`<${Confirm} title=${t(`ask.${action}`, { id: bot.id })} text=${t(`ask.${action}.text`)} isDangerous=${action === 'stop'} action=${t(`do.${action}`)}
    onClose=${() => ask(false)} onConfirm=${() => act(bot, action).then(onDone)} />`;
}
