import { html } from '../core/html.js';
import { useStyle } from '../core/style.js';
import { Live } from './live.js';
import { usePositions } from './positions.js';

/** The pipeline as it runs. @param {{query: Record<string, string>}} properties */
export default function PipelinePage({ query }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  const positions = usePositions();
  return isReady && positions && html`<${Live} positions=${positions} query=${query} />`;
}
