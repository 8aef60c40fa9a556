import { html, useEffect, useState } from '../core/html.js';
import { useStore } from '../core/store.js';
import { useStyle } from '../core/style.js';
import { usePositions } from '../pipeline/positions.js';
import { Failure } from '../ui/panel.js';
import { draft, loadDraft } from './draft.js';
import { Editor } from './editor.js';
import { Meanwhile } from './meanwhile.js';
import { Plan } from './plan.js';

/** @import { Failed } from '../core/api.js' */

/** The pipeline as it is about to be, and what applying that will do. @param {{step?: string, query: Record<string, string>}} properties */
export default function DraftPage({ step, query }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  const positions = usePositions();
  const now = useStore(draft);
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const load = () => loadDraft().then(() => setError(null), setError);
  useEffect(() => { load(); }, []);
  if (error) return html`<${Failure} error=${error} again=${load} />`;
  if (!isReady || !now || !positions) return null;
  return html`<${Meanwhile} />${step === 'plan' ? html`<${Plan} now=${now} />` : html`<${Editor} now=${now} positions=${positions} query=${query} />`}`;
}
