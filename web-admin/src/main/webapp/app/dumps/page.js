import { html } from '../core/html.js';
import { filter } from '../core/router.js';
import { useStyle } from '../core/style.js';
import { t } from '../core/texts.js';
import { Dumps } from './dumps.js';

/** What all bots have set aside. */
export default function DumpsPage({ query }) {
  const ready = useStyle('/app/bot/bot.css');
  return ready && html`<div class="page-head"><h1>${t('page.dumps')}</h1>
      <input type="search" aria-label=${t('dumps.find')} placeholder=${t('dumps.find')} value=${query.q ?? ''} onChange=${(event) => filter({ q: event.target.value })} /></div>
    <${Dumps} query=${query} />`;
}
