import { heard, html, useMemo } from '../core/html.js';
import { filter } from '../core/router.js';
import { counted, t } from '../core/texts.js';
import { condition } from '../ui/state.js';
import { arrows } from './bots.js';

/** @import { Bot } from '../core/types.js' */
/** @typedef {{q?: string, state?: string, feed?: string}} Wanted feed: a collector */

const TROUBLE = ['failing', 'held', 'stopped'];
const STATES = [...TROUBLE, 'changing', 'running', 'disabled'];

/** A collector and all that its events can come to. @param {Bot[]} bots @param {string} feed */
function way(bots, feed) {
  const next = arrows(bots);
  const found = new Set([feed]);
  // grows while it is gone through
  for (const id of found) next.get(id)?.forEach(({ to }) => found.add(to));
  return found;
}

/** Which bots are wanted. @param {Bot[]} bots @param {Wanted} wanted */
export function useWanted(bots, { q = '', state = '', feed = '' }) {
  return useMemo(() => {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const byId = new Map(bots.map((bot) => [bot.id, bot]));
    const onWay = feed ? way(bots, feed) : null;
    return (/** @type {string} */ id) => {
      const bot = byId.get(id);
      return bot !== undefined && (!state || condition(bot) === state) && (!onWay || onWay.has(id))
        && words.every((word) => `${id} ${bot.name} ${bot.module} ${bot.group}`.toLowerCase().includes(word));
    };
  }, [q, state, feed, bots]);
}

/** Chooses a state and a feed. @param {{bots: Bot[], wanted: Wanted}} properties */
export function Filters({ bots, wanted: { state = '', feed = '' } }) {
  const feeds = bots.filter((bot) => bot.group === 'Collector').map((bot) => bot.id).sort();
  return html`<select class="filter" aria-label=${t('list.state')} value=${state} onChange=${heard((chosen) => filter({ state: chosen }))}><option value="">${t('pipeline.states')}</option>
      ${STATES.map((each) => html`<option value=${each} selected=${each === state}>${t(`state.${each}`)}</option>`)}</select>
    <select class="filter" aria-label=${t('page.feeds')} value=${feed} onChange=${heard((chosen) => filter({ feed: chosen }))}><option value="">${t('pipeline.feeds')}</option>
      ${feeds.map((each) => html`<option value=${each} selected=${each === feed}>${each}</option>`)}</select>`;
}

/** How many need somebody, each a filter. @param {{bots: Bot[], state?: string}} properties */
export function Summary({ bots, state }) {
  const counts = TROUBLE.map((each) => ({ each, n: bots.filter((bot) => condition(bot) === each).length }));
  return html`<span class="row"><span>${counted('bots', bots.length)}</span>
    ${counts.filter(({ n }) => n > 0).map(({ each, n }) => html`<button class=${`plain state-${each}`} aria-pressed=${state === each}
      onClick=${() => filter({ state: state === each ? null : each })}>${n} ${t(`state.${each}`)}</button>`)}</span>`;
}
