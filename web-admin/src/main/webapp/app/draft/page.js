import { html, useEffect, useState } from '../core/html.js';
import { useStore } from '../core/store.js';
import { useStyle } from '../core/style.js';
import { usePositions } from '../pipeline/positions.js';
import { Failure } from '../ui/panel.js';
import { draft, loadDraft } from './draft.js';
import { Editor } from './editor.js';
import { Meanwhile } from './meanwhile.js';
import { Plan } from './plan.js';

/** The pipeline as it is about to be, and what applying that will do. */
export default function DraftPage({ step, query }) {
  const isReady = useStyle('/app/pipeline/pipeline.css');
  const positions = usePositions();
  const now = useStore(draft);
  const [error, setError] = useState(null);
  const load = () => loadDraft().then(() => setError(null), setError);
  useEffect(() => { load(); }, []);
  if (error) return html`<${Failure} error=${error} again=${load} />`;
  if (!isReady || !now || !positions) return null;
  return html`<${Meanwhile} />${step === 'plan' ? html`<${Plan} />` : html`<${Editor} positions=${positions} query=${query} />`}`;
}
