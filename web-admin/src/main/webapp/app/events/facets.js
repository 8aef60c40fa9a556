import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { Panel, useResource } from '../ui/panel.js';
import { FACETS, parameters, toggle } from './query.js';

const TOP = 8;

function Facet({ field, wanted, stamp }) {
  const counts = useResource((signal) => get('events/count', { ...parameters(wanted), by: field, top: TOP }, { signal }), [field, stamp]);
  return html`<details open class="facet"><summary>${t(`facet.${field}`)}</summary>
    <${Panel} of=${counts} isEmpty=${({ buckets }) => buckets.length === 0} empty=${html`<p class="muted small">–</p>`}>${({ buckets }) => html`<ul>${buckets.map((bucket) => html`<li>
      <button class="plain value" aria-pressed=${wanted.filters.some((each) => each.field === field && each.value === String(bucket.value) && !each.isNot)} onClick=${() => toggle(field, bucket.value)}>
        <span class="grow">${bucket.value ?? '–'}</span><span class="muted figure">${count(bucket.count)}</span></button>
      <button class="plain" aria-label=${t('facet.not', { value: bucket.value })} title=${t('facet.not', { value: bucket.value })} onClick=${() => toggle(field, bucket.value, true)}>−</button></li>`)}</ul>`}<//></details>`;
}

/** The most frequent values of some fields; each narrows the search, or leaves itself out. */
export function Facets({ wanted, stamp }) {
  return html`<aside class="facets" aria-label=${t('events.facets')}>${FACETS.map((field) => html`<${Facet} key=${field} field=${field} wanted=${wanted} stamp=${stamp} />`)}</aside>`;
}
