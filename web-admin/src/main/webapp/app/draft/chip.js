import { html, useEffect } from '../core/html.js';
import { useStore } from '../core/store.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { tell } from '../ui/toast.js';
import { draft, loadDraft } from './draft.js';

/** Says on every page that there is a draft, so that none is forgotten. */
export default function DraftChip() {
  const edits = useStore(draft, (now) => now?.edits ?? 0);
  useEffect(() => { if (!draft.get()) loadDraft().catch(tell); }, []);
  return edits > 0 && html`<a class="button draft-chip" href="/pipeline/draft"><${Icon} name="pencil" /><span>${t('page.draft')}</span></a>`;
}
