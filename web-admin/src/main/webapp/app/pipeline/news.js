import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { session } from '../core/session.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Icon } from '../ui/icon.js';

/** @import { News } from '../core/types.js' */

/** Tells quietly of what others do, until it is closed. */
export function NewsBar() {
  const [told, tell] = useState(/** @type {News | null} */ (null));
  useLive('change', (news) => { if (news.who !== session.get()?.name) tell(news); });
  return html`<div role="status">${told && html`<div class="note row news"><${Icon} name="people" /><span class="grow"><strong>${told.who}</strong> <span class="mono small">${told.what}</span> <span class="muted small">${time(told.time)}</span></span>
    <a class="button" href="/pipeline/history">${t('pipeline.history')}</a><button class="plain" aria-label=${t('close')} onClick=${() => tell(null)}><${Icon} name="x-lg" /></button></div>`}</div>`;
}
