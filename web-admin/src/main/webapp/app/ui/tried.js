import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Message } from './message.js';
import { Said } from './said.js';

/** @import { TriedMessage } from '../core/types.js' */

/** What a bot would make of a message: what went in, and what would come out where, as a difference to it. @param {{result: TriedMessage}} properties */
export function Tried({ result }) {
  const paths = Object.entries(result.paths ?? {});
  return html`<li class="card stack">
    ${result.failed && html`<p class="note error"><${Said} text=${result.failed} /></p>`}
    ${paths.length === 0 && !result.failed && html`<p class="note warn">${t('trial.nothing')}</p>`}
    ${paths.map(([path, events]) => html`<section class="stack"><h2>${t('trial.path', { path, n: events.length })}</h2>
      ${events.map((each) => html`<${Message} message=${each.event} difference=${each.difference} />`)}</section>`)}
    ${result.input && html`<details><summary>${t('trial.input')}</summary><${Message} message=${result.input} /></details>`}
    ${result.log?.length > 0 && html`<details><summary>${t('bot.log')} (${result.log.length})</summary><pre>${result.log.join('\n')}</pre></details>`}
  </li>`;
}
