import { heard, html } from '../core/html.js';
import { filter } from '../core/router.js';
import { useStyle } from '../core/style.js';
import { t } from '../core/texts.js';
import { Dumps } from './dumps.js';

/** What all bots have set aside. @param {{query: Record<string, string>}} properties */
export default function DumpsPage({ query }) {
  const ready = useStyle('/app/bot/bot.css');
  return ready && html`<div class="page-head"><h1>${t('page.dumps')}</h1>
      <input type="search" aria-label=${t('dumps.find')} placeholder=${t('dumps.find')} value=${query.q ?? ''} onChange=${heard((q) => filter({ q }))} /></div>
    <${Dumps} query=${query} />`;
}
