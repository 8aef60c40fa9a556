import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Chart } from '../ui/chart.js';
import { Panel } from '../ui/panel.js';
import { go } from './query.js';

/**
 * @import { Histogram as Counted } from '../core/types.js'
 * @import { Resource } from '../ui/panel.js'
 */

/** Events over time; dragging zooms. @param {{of: Resource<Counted>}} properties */
export function Histogram({ of }) {
  /** To whole steps, the last one included. @param {Counted} counted */
  const zoom = ({ buckets, step }) => (/** @type {number} */ from, /** @type {number} */ to) => {
    const begins = buckets.map((each) => Date.parse(each.time));
    const at = (/** @type {number} */ seconds) => begins[Math.max(0, begins.findLastIndex((begin) => begin <= seconds * 1000))];
    go({ from: new Date(at(from)).toISOString(), to: new Date(at(to) + step * 1000).toISOString(), event: null });
  };
  return html`<${Panel} of=${of}>${(/** @type {Counted} */ steps) => html`<${Chart} label=${t('events.histogram')} height=${140} onZoom=${zoom(steps)} times=${steps.buckets.map((each) => Date.parse(each.time) / 1000)}
    series=${[{ label: t('page.events'), colour: 'accent', values: steps.buckets.map((each) => each.total), isFilled: true }]} />`}<//>`;
}
