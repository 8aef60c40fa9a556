import { heard, html, useEffect, useElement, useRef } from '../core/html.js';
import { bind } from '../core/keys.js';
import { filter, navigate } from '../core/router.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Empty, Panel } from '../ui/panel.js';
import { useBots } from './bots.js';
import { Filters, Summary, useWanted } from './filters.js';
import { Graph } from './graph.js';
import { List } from './list.js';
import { NewsBar } from './news.js';
import { Side } from './side.js';

/**
 * @import { Bot } from '../core/types.js'
 * @import { Canvas } from './graph/canvas.js'
 * @import { Positions } from './positions.js'
 */
/**
 * What graph and list take.
 * @typedef {{bots: Bot[], version: number, accepts: (id: string) => boolean, chosen: string | null, onChoose: (id: string | null) => void,
 *   onOpen: (id: string) => void}} Shared
 */

/** @type {Bot[]} */
const NONE = [];

/** The pipeline: graph or list, filters, and a panel for the bot that is chosen. @param {{positions: Positions, query: Record<string, string>}} properties */
export function Live({ positions, query }) {
  const bots = useBots();
  const search = useElement(HTMLInputElement);
  const { q = '', state, bot: chosen = null } = query;
  const isNarrow = matchMedia('(max-width: 800px)').matches;
  const view = query.view ?? (isNarrow ? 'list' : 'graph');
  useEffect(() => bind('/', () => search.current?.focus()), []);
  useEffect(() => bind('.', () => /** @type {HTMLElement | null} */ (document.querySelector('.side .row > button:not(:disabled):not(.plain)'))?.focus()), []);
  useEffect(() => bind('Escape', () => filter({ bot: null })), []);
  const editing = `/pipeline/draft${chosen ? `?bot=${encodeURIComponent(chosen)}` : ''}`;
  useEffect(() => bind('e', () => navigate(editing)), [editing]);
  const accepts = useWanted(bots.data ?? NONE, query);
  const canvas = useRef(/** @type {Canvas | null} */ (null));
  /** Chooses the first that the filter leaves, or the next one, and shows it large. */
  const find = () => {
    const found = (bots.data ?? NONE).map((bot) => bot.id).filter(accepts);
    const id = found[(found.indexOf(chosen ?? '') + 1) % found.length];
    if (!id) return;
    choose(id);
    canvas.current?.view.centre(canvas.current.at(id));
  };
  const choose = (/** @type {string | null} */ id) => filter({ bot: id });
  const open = (/** @type {string} */ id) => navigate(`/bots/${id}/overview`);
  const views = html`<div class="segments" role="group" aria-label=${t('view.label')}>${['graph', 'list'].map((each) => html`
    <button aria-pressed=${view === each} onClick=${() => filter({ view: each })}>${t(`view.${each}`)}</button>`)}</div>`;
  const empty = html`<${Empty} icon="diagram-3" text=${t('pipeline.empty')}><a class="button primary" href="/feeds">${t('pipeline.add')}</a><//>`;
  return html`<div class="pipeline"><h1 class="hidden-text">${t('page.pipeline')}</h1>
    <div class="tools">
      <input ref=${search} type="search" aria-label=${t('pipeline.find')} placeholder=${t('pipeline.find')} value=${q} onInput=${heard((q) => filter({ q }))}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter') find(); }} />
      ${views}
      ${bots.data && bots.data.length > 0 && html`<${Filters} bots=${bots.data} wanted=${query} /><${Summary} bots=${bots.data} state=${state} />`}
      <span class="grow"></span>
      <a class="button edit" href="/pipeline/history"><${Icon} name="clock-history" />${t('pipeline.history')}</a>
      <a class="button edit" href=${editing} aria-keyshortcuts="e"><${Icon} name="pencil" />${t('pipeline.edit')}</a>
    </div>
    <${NewsBar} />
    <div class="body"><${Panel} of=${bots} isEmpty=${(/** @type {Bot[]} */ all) => all.length === 0} empty=${empty}>${(/** @type {Bot[]} */ all) => {
      const one = all.find((bot) => bot.id === chosen);
      const shared = { bots: all, version: bots.version, accepts, chosen, onChoose: choose, onOpen: open };
      return html`${view === 'graph' ? html`<${Graph} ...${shared} canvas=${canvas} positions=${positions.places} onMove=${positions.move} />` : html`<${List} ...${shared} />`}
        ${one && html`<${Side} bot=${one} onClose=${() => choose(null)} onDone=${bots.again} />`}`;
    }}<//></div>
  </div>`;
}
