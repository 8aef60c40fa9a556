import { html } from '../core/html.js';
import { QueueMessages } from '../queue/messages.js';

/** What waits for this bot. */
export function Queue({ bot }) {
  return html`<${QueueMessages} name=${bot.source_queue} />`;
}
