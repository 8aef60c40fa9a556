import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { age, count, duration, rate, time } from '../core/format.js';
import { condition, State } from '../ui/state.js';
import { Icon } from '../ui/icon.js';
import { Panel, useResource } from '../ui/panel.js';
import { BotActions } from '../ui/actions.js';
import { Said } from '../ui/said.js';

/** @import { Bot } from '../core/types.js' */

/** The panel beside the graph: one bot, and why nothing moves. @param {{bot: Bot, onClose: () => void, onDone: () => unknown}} properties */
export function Side({ bot, onClose, onDone }) {
  const one = useResource((signal) => get(`bots/${bot.id}`, null, { signal }), [bot.id, bot.state]);
  const fact = (/** @type {string} */ name, /** @type {string} */ value) => html`<div class="fact"><dt>${t(name)}</dt><dd class="figure">${value}</dd></div>`;
  return html`<aside class="side" aria-label=${bot.id}>
    <div class="row"><h2 class="grow">${bot.id}</h2><button class="plain" aria-label=${t('close')} onClick=${onClose}><${Icon} name="x-lg" /></button></div>
    <p class="muted">${bot.name}${bot.description && html` – ${bot.description}`}</p>
    <${State} of=${condition(bot)} />
    <${BotActions} bot=${bot} onDone=${onDone} />
    <dl class="facts">
      ${fact('list.rate', rate(bot.rate))}${fact('list.waiting', count(bot.waiting))}
      ${fact('list.oldest', bot.oldest_waiting ? duration(age(bot.oldest_waiting)) : '–')}${fact('list.failed', count(bot.failed))}
      ${fact('list.dumped', count(bot.dumped))}${fact('list.success', time(bot.last_success))}
      ${bot.next_run && fact('list.next', time(bot.next_run))}
    </dl>
    <${Panel} of=${one}>${(/** @type {Bot} */ { why }) => why.length > 0 && html`<section><h3>${t('why.title')}</h3>
      <ol class="why">${why.map((step) => html`<li><a href=${`/bots/${step.bot}/overview`}>${step.bot}</a><${Said} text=${step.text} /></li>`)}</ol></section>`}<//>
    ${bot.last_error && !one.data?.why.some(({ text }) => text.includes(bot.last_error ?? '')) && html`<p class="note error small">${time(bot.last_error_at)} <${Said} text=${bot.last_error} /></p>`}
    <a class="button" href=${`/bots/${bot.id}/overview`}>${t('side.open')}</a>
  </aside>`;
}
