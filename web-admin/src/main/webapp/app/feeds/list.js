import { heard, html } from '../core/html.js';
import { get } from '../core/api.js';
import { filter } from '../core/router.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Icon } from '../ui/icon.js';
import { Empty, Panel, useResource } from '../ui/panel.js';
import { Light } from './light.js';

/** @import { Feed } from '../core/types.js' */

const ACCESS = ['', 'free', 'key'];
const isUsed = (/** @type {Feed} */ feed) => Boolean(feed.bot);
const order = (/** @type {Feed} */ feed) => (isUsed(feed) ? 0 : feed.access === 'dead' ? 2 : 1);

/** @param {{feed: Feed}} properties */
function Row({ feed }) {
  const isDead = feed.access === 'dead';
  return html`<tr><td>${isUsed(feed) ? html`<${Light} of=${feed.light} />` : isDead ? html`<span class="muted">${t('feeds.dead')}</span>` : ''}</td>
    <td><a href=${`/feeds/add/${encodeURIComponent(feed.id)}/read`}>${feed.name}</a></td><td>${feed.provider}</td>
    <td>${feed.access === 'key' ? html`<${Icon} name="key" /> ${t('feeds.key')}` : isDead ? '' : t('feeds.free')}</td><td>${feed.last_success ? time(feed.last_success) : '–'}</td>
    <td>${isUsed(feed) ? html`<a class="button" href=${`/bots/${feed.bot}/overview`}>${t('side.open')}</a>` : !isDead && html`<a class="button" href=${`/feeds/add/${encodeURIComponent(feed.id)}/read`}>${t('feeds.add')}</a>`}</td></tr>`;
}

/** All feeds that are known, those in use first. @param {{query: Record<string, string>}} properties */
export function FeedList({ query }) {
  const feeds = useResource((signal) => get('feeds', null, { signal }));
  const { q = '', access = '' } = query;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const accepts = (/** @type {Feed} */ feed) => (!access || (feed.access === 'key') === (access === 'key')) && words.every((word) => `${feed.name} ${feed.provider} ${feed.about ?? ''}`.toLowerCase().includes(word));
  return html`<div class="stack"><div class="page-head"><h1>${t('page.feeds')}</h1>
      <input type="search" aria-label=${t('feeds.find')} placeholder=${t('feeds.find')} value=${q} onInput=${heard((text) => filter({ q: text }))} />
      <div class="segments" role="group" aria-label=${t('feeds.access')}>${ACCESS.map((each) => html`<button aria-pressed=${access === each} onClick=${() => filter({ access: each })}>${t(`feeds.access.${each || 'all'}`)}</button>`)}</div></div>
    ${feeds.data && !feeds.data.some(isUsed) && html`<p class="note">${t('feeds.first')}</p>`}
    <${Panel} of=${feeds}>${(/** @type {Feed[]} */ all) => {
      const shown = all.filter(accepts).sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
      return shown.length === 0 ? html`<${Empty} icon="rss" text=${t('feeds.none')} />` : html`<div class="card scroll"><table><thead><tr><th>${t('feeds.light')}</th><th>${t('feeds.name')}</th><th>${t('feeds.provider')}</th><th>${t('feeds.access')}</th><th>${t('list.success')}</th><th><span class="hidden-text">${t('table.actions')}</span></th></tr></thead>
        <tbody>${shown.map((feed) => html`<${Row} key=${feed.id} feed=${feed} />`)}</tbody></table></div>`;
    }}<//></div>`;
}
