import { html, useEffect } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { age, count, duration, rate, time } from '../core/format.js';
import { Chart } from '../ui/chart.js';
import { condition } from '../ui/state.js';
import { Panel, useResource } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/** @import { Bot, Series } from '../core/types.js' */

const REFRESH = 60000;

/** @param {{bot: Bot}} properties */
function Facts({ bot }) {
  const facts = { rate: rate(bot.rate), waiting: count(bot.waiting), oldest: bot.oldest_waiting ? duration(age(bot.oldest_waiting)) : '–', failed: count(bot.failed),
    dumped: count(bot.dumped), success: time(bot.last_success), ...(bot.next_run ? { next: time(bot.next_run) } : {}) };
  return html`<dl class="facts wide">${Object.entries(facts).map(([name, value]) => html`<div class="fact card"><dt>${t(`list.${name}`)}</dt><dd class="figure">${value}</dd></div>`)}</dl>`;
}

/** Figures of now and of the last day, and why nothing moves if nothing does. @param {{bot: Bot}} properties */
export function Overview({ bot }) {
  const day = useResource((signal) => get(`bots/${bot.id}/history`, null, { signal }), [bot.id]);
  useEffect(() => {
    const timer = setInterval(day.again, REFRESH);
    return () => clearInterval(timer);
  }, [bot.id]);
  return html`<div class="stack">
    ${bot.why.length > 0 && html`<section class=${`note ${condition(bot) === 'running' ? '' : 'warn'}`}><h2>${t('why.title')}</h2>
      <ol class="why">${bot.why.map((step) => html`<li><a href=${`/bots/${step.bot}/overview`}>${step.bot}</a> <${Said} text=${step.text} /></li>`)}</ol></section>`}
    ${bot.last_error && !bot.why.some(({ text }) => text.includes(bot.last_error ?? '')) && html`<section class="note error"><strong>${time(bot.last_error_at)}</strong> <${Said} text=${bot.last_error} /> <a href=${`/bots/${bot.id}/log?level=ERROR`}>${t('bot.log')}</a></section>`}
    <${Facts} bot=${bot} />
    <${Panel} of=${day}>${(/** @type {Series} */ { times, step, ...figures }) => {
      const seconds = times.map((each) => Date.parse(each) / 1000);
      const perSecond = (/** @type {(number | null)[]} */ values) => values.map((value) => (value === null ? null : value / (step || 60)));
      return html`<div class="charts">
        <section class="card"><h2>${t('chart.rate')}</h2><${Chart} label=${t('chart.rate')} times=${seconds} series=${[
          { label: t('chart.received'), colour: 'accent', values: perSecond(figures.received), isFilled: true }, { label: t('chart.sent'), colour: 'ok', values: perSecond(figures.sent) }]} /></section>
        <section class="card"><h2>${t('chart.waiting')}</h2><${Chart} label=${t('chart.waiting')} times=${seconds} series=${[
          { label: t('list.waiting'), colour: 'held', values: figures.waiting, isFilled: true }, { label: t('list.failed'), colour: 'error', values: figures.failed }]} /></section>
      </div>`;
    }}<//>
    <section class="card"><h2>${t('bot.about')}</h2><dl class="message">
      <div><dt>${t('bot.module')}</dt><dd class="mono">${bot.module}</dd></div>
      ${bot.description && html`<div><dt>${t('bot.description')}</dt><dd>${bot.description}</dd></div>`}
      ${bot.source_queue && html`<div><dt>${t('bot.source')}</dt><dd><a href=${`/queues/${bot.source_queue}`}>${bot.source_queue}</a></dd></div>`}
      ${Object.entries(bot.destination_queues ?? {}).map(([path, queues]) => html`<div><dt>${path}</dt><dd>${queues.join(', ')}</dd></div>`)}
    </dl></section>
  </div>`;
}
