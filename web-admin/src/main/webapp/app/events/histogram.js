import { heard, html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Chart, linesOf } from '../ui/chart.js';
import { Panel } from '../ui/panel.js';
import { FACETS, go } from './query.js';

/**
 * @import { Histogram as Counted } from '../core/types.js'
 * @import { Resource } from '../ui/panel.js'
 */

/** What has few values: each of them is counted in every step. */
const APART = FACETS.filter((field) => field !== 'source.asn');

/** Events over time, by the values of a field if one is chosen; dragging zooms. @param {{of: Resource<Counted>, by: string}} properties */
export function Histogram({ of, by }) {
  /** To whole steps, the last one included. @param {Counted} counted */
  const zoom = ({ buckets, step }) => (/** @type {number} */ from, /** @type {number} */ to) => {
    const begins = buckets.map((each) => Date.parse(each.time));
    const at = (/** @type {number} */ seconds) => begins[Math.max(0, begins.findLastIndex((begin) => begin <= seconds * 1000))];
    go({ from: new Date(at(from)).toISOString(), to: new Date(at(to) + step * 1000).toISOString(), event: null });
  };
  return html`<div class="counted"><select aria-label=${t('events.by')} value=${by} onChange=${heard((field) => go({ by: field }))}><option value="">${t('events.by.none')}</option>
      ${APART.map((field) => html`<option value=${field} selected=${field === by}>${t(`facet.${field}`)}</option>`)}</select>
    <${Panel} of=${of}>${(/** @type {Counted} */ steps) => html`<${Chart} label=${t('events.histogram')} height=${140} onZoom=${zoom(steps)} times=${steps.buckets.map((each) => Date.parse(each.time) / 1000)}
      series=${linesOf(steps.buckets, t('page.events'))} />`}<//></div>`;
}
