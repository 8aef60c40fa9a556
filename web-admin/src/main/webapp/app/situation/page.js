import { html, useEffect } from '../core/html.js';
import { get } from '../core/api.js';
import { useStyle } from '../core/style.js';
import { counted, t } from '../core/texts.js';
import { age, count, duration } from '../core/format.js';
import { Light } from '../feeds/light.js';
import { Chart, linesOf } from '../ui/chart.js';
import { Icon } from '../ui/icon.js';
import { Panel, useResource } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/** @import { Feed, Situation } from '../core/types.js' */

const REFRESH = 30000;

/** @param {number | null} now @param {number | null} before */
function change(now, before) {
  if (now === null || !before) return '';
  const percent = Math.round((now / before - 1) * 100);
  return t('situation.change', { percent: percent > 0 ? `+${percent}` : percent });
}

/** What is going on, to be put on a wall: no pointer needed, and the age of what it shows is always seen. @param {{query: Record<string, string>}} properties */
export default function SituationPage({ query }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/situation/situation.css') && isShared;
  const situation = useResource((signal) => Promise.all([get('situation', null, { signal }), get('feeds', null, { signal }).catch(() => /** @type {Feed[]} */ ([]))])
    .then(([now, feeds]) => ({ ...now, feeds: feeds.filter((feed) => feed.bot) })));
  useEffect(() => {
    const timer = setInterval(situation.again, REFRESH);
    return () => clearInterval(timer);
  }, []);
  const isLost = Boolean(situation.error);
  return isReady && html`<div class=${`situation ${query.wall === '1' ? 'wall' : ''} ${isLost ? 'old' : ''}`}>
    <${Panel} of=${situation}>${(/** @type {Situation & {feeds: Feed[]}} */ now) => html`
      <h1 class="hidden-text">${t('page.situation')}</h1>${now.problem && html`<p class="note error" role="alert"><${Said} text=${now.problem} /></p>`}<header class="row"><div class="card big"><span class="figure">${count(now.events_today)}</span><span>${t('situation.today')} ${change(now.events_today, now.yesterday_same_time)}</span></div>
        <div class=${`card big ${now.needs.length > 0 ? 'needs' : ''}`}><span class="figure">${now.needs.length}</span><span>${counted('situation.needs', now.needs.length)}</span></div>
        <span class="grow"></span><span class="muted">${t('situation.age', { age: duration(age(situation.at)) })}</span>${query.wall !== '1' && html`<a class="button" href="/situation?wall=1"><${Icon} name="display" />${t('situation.wall')}</a>`}</header>
      <div class="tiles">
        <section class="card wide"><h2>${t('situation.hours')}</h2><${Chart} label=${t('situation.hours')} height=${260} times=${now.by_hour.map((hour) => Date.parse(hour.time) / 1000)} series=${linesOf(now.by_hour, t('page.events'))} /></section>
        <section class="card"><h2>${t('situation.networks')}</h2><table><tbody>${now.networks.map((each) => html`<tr><td>AS${each.asn}</td><td class="number figure">${count(each.count)}</td><td class="number figure">${`${each.change > 0 ? '+' : ''}${count(each.change)}`}</td></tr>`)}</tbody></table>${now.networks.length === 0 && html`<p class="muted">${t('chart.empty')}</p>`}</section>
        <section class="card"><h2>${t('page.feeds')}</h2><ul class="lights">${now.feeds.map((each) => html`<li><${Light} of=${each.light} /> ${each.name}</li>`)}${now.feeds.length === 0 && html`<li class="muted">${t('situation.nofeeds')} <a href="/feeds">${t('pipeline.add')}</a></li>`}</ul></section>
        <section class="card"><h2>${t('situation.trouble')}</h2><ul class="stack">${now.needs.map((each) => html`<li class="note error"><a href=${`/bots/${each.bot}/overview`}>${each.bot}</a> <${Said} text=${each.text} /></li>`)}${now.needs.length === 0 && html`<li class="muted">${t('situation.fine')}</li>`}</ul></section>
        <section class="card"><h2>${t('situation.changes')}</h2><ul>${now.changes.map((each) => html`<li><a href=${`/pipeline/history/${each.revision}`}>#${each.revision}</a> ${each.reason ?? ''} <span class="muted">${each.who ?? t('history.byhand')}</span></li>`)}</ul></section>
      </div>`}<//></div>`;
}
