import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Chart } from '../ui/chart.js';
import { Panel } from '../ui/panel.js';
import { go } from './query.js';

/** Events over time; dragging zooms. */
export function Histogram({ of }) {
  /** To whole steps, the last one included. */
  const zoom = ({ buckets, step }) => (from, to) => {
    const begins = buckets.map((each) => Date.parse(each.time));
    const of = (seconds) => begins[Math.max(0, begins.findLastIndex((begin) => begin <= seconds * 1000))];
    go({ from: new Date(of(from)).toISOString(), to: new Date(of(to) + step * 1000).toISOString(), event: null });
  };
  return html`<${Panel} of=${of}>${(steps) => html`<${Chart} label=${t('events.histogram')} height=${140} onZoom=${zoom(steps)} times=${steps.buckets.map((each) => Date.parse(each.time) / 1000)}
    series=${[{ label: t('page.events'), colour: 'accent', values: steps.buckets.map((each) => each.total), isFilled: true }]} />`}<//>`;
}
