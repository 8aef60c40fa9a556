import { html } from '../core/html.js';
import { QueueMessages } from '../queue/messages.js';

/** @import { Bot } from '../core/types.js' */

/** What waits for this bot. @param {{bot: Bot}} properties */
export function Queue({ bot }) {
  return html`<${QueueMessages} name=${bot.source_queue} />`;
}
