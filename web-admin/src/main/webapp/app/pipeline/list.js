import { html, useEffect, useMemo, useState } from '../core/html.js';
import { bindRows } from '../core/keys.js';
import { t } from '../core/texts.js';
import { age, count, duration, rate, time } from '../core/format.js';
import { condition, State } from '../ui/state.js';
import { Empty } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/** @import { Bot } from '../core/types.js' */
/** @import { Shared } from './live.js' */

const URGENCY = ['failing', 'held', 'changing', 'running', 'stopped', 'disabled'];
/** By what a column sorts. @type {Record<string, (bot: Bot) => string | number>} */
const COLUMNS = {
  id: (bot) => bot.id,
  state: (bot) => URGENCY.indexOf(condition(bot)),
  rate: (bot) => -(bot.rate ?? 0),
  waiting: (bot) => -(bot.waiting ?? 0),
  oldest: (bot) => bot.oldest_waiting ?? '9',
  failed: (bot) => -(bot.failed ?? 0),
  next: (bot) => bot.next_run ?? '9',
};

/** The same as the graph, as a table. The order is that of the moment when it was chosen: figures change in place. @param {Shared} properties */
export function List({ bots, accepts, chosen, onChoose, onOpen }) {
  const [by, setBy] = useState({ column: 'state' });
  const order = useMemo(() => {
    const value = COLUMNS[by.column];
    return [...bots].sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.id.localeCompare(b.id))).map((bot) => bot.id);
  }, [by, bots.length]);
  const byId = new Map(bots.map((bot) => [bot.id, bot]));
  const shown = order.flatMap((id) => { const bot = byId.get(id); return bot && accepts(id) ? [bot] : []; });
  useEffect(() => bindRows(shown.map((bot) => bot.id), chosen, onChoose));
  if (shown.length === 0) return html`<${Empty} icon="funnel" text=${t('list.none')} />`;
  const head = (/** @type {string} */ column, /** @type {boolean} */ isNumber = false) => html`<th class=${isNumber ? 'number' : ''} aria-sort=${by.column === column ? 'ascending' : undefined}>
    <button onClick=${() => setBy({ column })}>${t(`list.${column}`)}</button></th>`;
  return html`<div class="list"><table>
    <caption class="hidden-text">${t('list.label')}</caption>
    <thead><tr>${head('id')}${head('state')}${head('rate', true)}${head('waiting', true)}${head('oldest', true)}${head('failed', true)}${head('next')}<th>${t('list.error')}</th></tr></thead>
    <tbody>${shown.map((bot) => html`
      <tr key=${bot.id} aria-selected=${bot.id === chosen} onClick=${() => onChoose(bot.id)} onDblClick=${() => onOpen(bot.id)}>
        <td><a href=${`/bots/${bot.id}/overview`}>${bot.id}</a></td>
        <td><${State} of=${condition(bot)} /></td>
        <td class="number figure">${rate(bot.rate)}</td>
        <td class="number figure">${count(bot.waiting)}</td>
        <td class="number figure">${bot.oldest_waiting ? duration(age(bot.oldest_waiting)) : '–'}</td>
        <td class="number figure">${count(bot.failed)}</td>
        <td title=${bot.next_run}>${bot.next_run ? time(bot.next_run) : '–'}</td>
        <td class="muted" title=${bot.last_error}><${Said} text=${bot.waits_for ?? bot.last_error} /></td>
      </tr>`)}</tbody></table></div>`;
}
