import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { useStyle } from '../core/style.js';
import { useResource } from '../ui/panel.js';
import { Live } from './live.js';

/** Where operators have put bots in the graph: {id: {x, y}}; shared with IntelMQ's own manager. */
export function usePositions() {
  const positions = useResource((signal) => get('positions', null, { signal }).catch(() => ({})));
  return positions.data && (positions.data.positions ?? positions.data);
}

/** The pipeline as it runs. */
export default function PipelinePage({ query }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  const positions = usePositions();
  return isReady && positions && html`<${Live} positions=${positions} query=${query} />`;
}
