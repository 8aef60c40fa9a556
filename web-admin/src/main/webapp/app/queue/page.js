import { html } from '../core/html.js';
import { useStyle } from '../core/style.js';
import { QueueMessages } from './messages.js';

/** One queue. @param {{name: string}} properties */
export default function QueuePage({ name }) {
  const ready = useStyle('/app/bot/bot.css');
  return ready && html`<div class="page-head"><h1>${name}</h1></div><${QueueMessages} name=${name} key=${name} />`;
}
