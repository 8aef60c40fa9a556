import { html, useEffect } from '../core/html.js';
import { useLive } from '../core/live.js';
import { useStore } from '../core/store.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { tell } from '../ui/toast.js';
import { draft, loadDraft } from './draft.js';

/** Says on every page that there is a draft, so that none is forgotten; and keeps it fresh when somebody applies something. @param {{name?: string}} properties */
export default function DraftChip({ name }) {
  const edits = useStore(draft, (now) => now?.edits ?? 0);
  const load = () => { loadDraft().catch(tell); };
  useEffect(load, [name]);
  useLive('change', load);
  return edits > 0 && html`<a class="button draft-chip" href="/pipeline/draft"><${Icon} name="pencil" /><span>${t('page.draft')}</span></a>`;
}
