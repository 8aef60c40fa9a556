import { heard, html, submitted, useEffect, useElement, useMemo, useState } from '../core/html.js';
import { get, serverTime } from '../core/api.js';
import { bind } from '../core/keys.js';
import { useStyle } from '../core/style.js';
import { counted, t } from '../core/texts.js';
import { exact } from '../core/format.js';
import { Icon } from '../ui/icon.js';
import { useResource } from '../ui/panel.js';
import { CopyLink } from '../ui/command.js';
import { Detail } from './detail.js';
import { Facets } from './facets.js';
import { Histogram } from './histogram.js';
import { frozen, go, parameters, RANGES, search, toggle } from './query.js';
import { Saved } from './saved.js';
import { EventTable } from './table.js';

/** @import { Frozen, Wanted } from './query.js' */

const exportAddress = (/** @type {Wanted} */ wanted, /** @type {'csv' | 'json'} */ format) => {
  const url = new URL('/api/v1/events/export', location.origin);
  url.searchParams.set('format', format);
  Object.entries(parameters(wanted)).forEach(([name, value]) => [value].flat().forEach((each) => each && url.searchParams.append(name, each)));
  return url.pathname + url.search;
};

/** @param {{wanted: Wanted, total: number | null}} properties */
function Search({ wanted, total }) {
  const input = useElement(HTMLInputElement);
  useEffect(() => bind('/', () => input.current?.focus()), []);
  const isOwnRange = !RANGES.includes(wanted.from) || wanted.to !== 'now';
  return html`<form class="tools" role="search" onSubmit=${submitted(() => go({ q: input.current.value, event: null }))}>
    <input ref=${input} type="search" class="grow" aria-label=${t('events.find')} placeholder=${t('events.find')} defaultValue=${wanted.q} key=${wanted.q} />
    <select aria-label=${t('events.range')} value=${isOwnRange ? '' : wanted.from} onChange=${heard((from) => from && go({ from, to: 'now', event: null }))}>
      ${isOwnRange && html`<option value="">${t('events.range.own')}</option>`}${RANGES.map((each) => html`<option value=${each}>${t(`events.range.${each}`)}</option>`)}</select>
    <button class="primary">${t('events.search')}</button><${Saved} />
    <a class="button" href=${exportAddress(wanted, 'csv')} download="events.csv"><${Icon} name="download" />CSV</a><a class="button" href=${exportAddress(wanted, 'json')} download="events.json">JSON</a><${CopyLink} />
    <strong class="figure" role="status">${total === null ? '' : counted('events', total, { count: exact(total) })}</strong></form>`;
}

/** @param {{wanted: Wanted}} properties */
function Filters({ wanted }) {
  return wanted.filters.length > 0 && html`<div class="chips row">${wanted.filters.map((each) => html`<button class=${each.isNot ? 'chip not' : 'chip'} onClick=${() => toggle(each.field, each.value, each.isNot)}>
    ${each.isNot && t('facet.without')} ${each.field}: ${each.value} <${Icon} name="x-lg" label=${t('facet.remove')} /></button>`)}</div>`;
}

/** Searches the event database. */
export default function EventsPage() {
  const isShared = useStyle('/app/pipeline/pipeline.css');
  const isForms = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/events/events.css') && isShared && isForms;
  const wanted = search();
  const [moment, setMoment] = useState(0);
  const stamp = JSON.stringify(parameters(wanted)) + wanted.columns.join() + moment;
  const query = useMemo(() => frozen(wanted, serverTime()), [stamp]);
  // the rows come first; what is counted can wait
  const [found, setFound] = useState(/** @type {Frozen | null} */ (null));
  const histogram = useResource(found && (async (signal) => {
    const steps = await get('events/histogram', { ...found, step: 'auto', by: wanted.by }, { signal });
    return { ...steps, query: found, total: steps.buckets.reduce((sum, each) => sum + each.total, 0) };
  }), [found, wanted.by]);
  const steps = histogram.data?.query === query ? histogram.data : null;
  const [isOpen, open] = useState(!matchMedia('(max-width: 800px)').matches);
  const [isCounted, showCounted] = useState(matchMedia('(min-height: 600px)').matches);
  useEffect(() => {
    const unbind = [bind('f', () => open((now) => !now)), bind('h', () => showCounted((now) => !now))];
    return () => unbind.forEach((each) => each());
  }, []);
  return isReady && html`<div class="search-page"><h1 class="hidden-text">${t('page.events')}</h1><${Search} wanted=${wanted} total=${steps?.total ?? null} /><${Filters} wanted=${wanted} />
    <div class="body">${isOpen && html`<${Facets} wanted=${wanted} query=${found} />`}
      <div class="found">${isCounted && html`<${Histogram} of=${histogram} by=${wanted.by} />`}<${EventTable} wanted=${wanted} query=${query} steps=${steps} onFirst=${setFound} onAgain=${() => setMoment(moment + 1)} /></div>
      ${wanted.event && html`<${Detail} id=${wanted.event} key=${wanted.event} />`}</div></div>`;
}
