import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Chart } from '../ui/chart.js';
import { Panel, useResource } from '../ui/panel.js';
import { go, parameters } from './query.js';

/** Events over time; dragging zooms. */
export function Histogram({ wanted, stamp }) {
  const histogram = useResource((signal) => get('events/histogram', { ...parameters(wanted), step: 'auto' }, { signal }), [stamp]);
  const zoom = (from, to) => go({ from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString() });
  return html`<${Panel} of=${histogram}>${({ buckets }) => html`<${Chart} label=${t('events.histogram')} height=${140} onZoom=${zoom} times=${buckets.map((each) => Date.parse(each.time) / 1000)}
    series=${[{ label: t('page.events'), colour: 'accent', values: buckets.map((each) => each.total), isFilled: true }]} />`}<//>`;
}
