import { html, useEffect, useElement, useRef, useState } from '../core/html.js';
import { bindRows } from '../core/keys.js';
import { t } from '../core/texts.js';
import { count, time } from '../core/format.js';
import { Empty, Failure } from '../ui/panel.js';
import { Fresh } from './fresh.js';
import { go, toggle } from './query.js';
import { useRows } from './rows.js';

/**
 * @import { Fields } from '../core/types.js'
 * @import { Frozen, Wanted } from './query.js'
 * @import { Steps } from './rows.js'
 */

const HEIGHT = 28;
const SPARE = 12;
// beyond about 33 million pixels Chromium draws nothing
const MOST = 1_100_000;

const shown = (/** @type {string} */ field, /** @type {any} */ value) => (value === null || value === undefined ? '' : field.startsWith('time.') ? time(value) : String(value));

/** The events that were found, in a table that scrolls through all of them but draws only those in view.
 * @param {{wanted: Wanted, query: Frozen, steps: Steps | null, onFirst: (query: Frozen) => void, onAgain: () => void}} properties */
export function EventTable({ wanted, query, steps, onFirst, onAgain }) {
  const { parts, end: total, error } = useRows(query, wanted.columns, steps, onFirst);
  const box = useElement(HTMLElement);
  const [view, setView] = useState({ top: 0, height: 600 });
  const look = () => setView(({ top, height }) => {
    const now = { top: box.current.scrollTop, height: box.current.clientHeight };
    return Math.floor(now.top / HEIGHT) === Math.floor(top / HEIGHT) && now.height === height ? { top, height } : now;
  });
  useEffect(() => { if (box.current) { box.current.scrollTop = 0; look(); } }, [parts]);
  const shownIds = useRef(/** @type {string[]} */ ([]));
  useEffect(() => bindRows(shownIds.current, wanted.event, (id) => go({ event: id })));
  if (error?.code === 'no-event-database') return html`<${Empty} icon="search" text=${t('events.nodatabase')}><a class="button primary" href="/feeds">${t('pipeline.add')}</a><//>`;
  if (error) return html`<${Failure} error=${error} again=${onAgain} />`;
  if (parts === null) return null;
  if (total === 0) return html`<${Empty} icon="search" text=${t('events.none')} />`;
  const last = Math.min(total, MOST);
  const from = Math.max(0, Math.floor(view.top / HEIGHT) - SPARE);
  const to = Math.min(last, Math.ceil((view.top + view.height) / HEIGHT) + SPARE);
  const inView = parts.rows(from, to);
  shownIds.current = inView.flatMap(({ event }) => (event ? [String(event.id)] : []));
  const open = (/** @type {Fields | null} */ event) => event && go({ event: String(event.id) });
  const pad = (/** @type {number} */ n) => html`<tr class="pad" aria-hidden="true"><td colspan=${wanted.columns.length} ref=${(/** @type {HTMLElement | null} */ cell) => { if (cell) cell.style.height = `${n * HEIGHT}px`; }}></td></tr>`;
  return html`<div class="rows"><${Fresh} wanted=${wanted} since=${parts.query.to} onShow=${onAgain} />${total > MOST && html`<p class="note small">${t('events.cut', { n: count(MOST) })}</p>`}
  <div class="events dense" ref=${box} onScroll=${look} tabindex="0"><table aria-rowcount=${total}>
    <thead><tr>${wanted.columns.map((field) => html`<th title=${field}>${field}</th>`)}</tr></thead>
    <tbody>${from > 0 && pad(from)}${inView.map(({ number, event }) => html`<tr key=${number} aria-rowindex=${number + 1} aria-selected=${event && String(event.id) === wanted.event} onClick=${() => open(event)}>
      ${wanted.columns.map((field) => html`<td title=${event?.[field]}>${event === null ? '…' : field === wanted.columns[0] ? html`<button class="plain link" onClick=${() => open(event)}>${shown(field, event[field]) || event.id}</button>` : html`${shown(field, event[field])}
        ${event[field] !== null && event[field] !== undefined && html`<button class="plain plus" aria-label=${t('facet.only', { value: event[field] })} onClick=${(/** @type {Event} */ click) => { click.stopPropagation(); toggle(field, event[field]); }}>+</button>`}`}</td>`)}</tr>`)}
      ${to < last && pad(last - to)}</tbody></table></div></div>`;
}
