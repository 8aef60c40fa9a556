import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { count, exact } from '../core/format.js';
import { Panel, useResource } from '../ui/panel.js';
import { FACETS, toggle } from './query.js';

/**
 * @import { Counts } from '../core/types.js'
 * @import { Frozen, Wanted } from './query.js'
 */

const TOP = 8;

/** @param {{field: string, wanted: Wanted, query: Frozen | null}} properties */
function Facet({ field, wanted, query }) {
  const counts = useResource(query && ((signal) => get('events/count', { ...query, by: field, top: TOP }, { signal })), [field, query]);
  return html`<details open class="facet"><summary>${t(`facet.${field}`)}</summary>
    <${Panel} of=${counts} isEmpty=${(/** @type {Counts} */ { buckets }) => buckets.length === 0} empty=${html`<p class="muted small">–</p>`}>${(/** @type {Counts} */ { buckets, newest }) => html`${newest && html`<p class="muted small">${t('facet.newest', { n: exact(newest) })}</p>`}<ul>${buckets.map((bucket) => html`<li>
      <button class="plain value" aria-pressed=${wanted.filters.some((each) => each.field === field && each.value === String(bucket.value) && !each.isNot)} onClick=${() => toggle(field, bucket.value)}>
        <span class="grow" title=${bucket.value}>${bucket.value ?? '–'}</span><span class="muted figure">${count(bucket.count)}</span></button>
      <button class="plain" aria-label=${t('facet.not', { value: bucket.value })} title=${t('facet.not', { value: bucket.value })} onClick=${() => toggle(field, bucket.value, true)}>−</button></li>`)}</ul>`}<//></details>`;
}

/** The most frequent values of some fields; each narrows the search, or leaves itself out. @param {{wanted: Wanted, query: Frozen | null}} properties */
export function Facets({ wanted, query }) {
  return html`<aside class="facets" aria-label=${t('events.facets')}>${FACETS.map((field) => html`<${Facet} key=${field} field=${field} wanted=${wanted} query=${query} />`)}</aside>`;
}
