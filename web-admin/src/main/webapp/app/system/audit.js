import { heard, html } from '../core/html.js';
import { get } from '../core/api.js';
import { filter } from '../core/router.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Empty, Failure } from '../ui/panel.js';
import { More, useParts } from '../ui/pages.js';

/** Who changed what, or tried to. @param {{query: Record<string, string>}} properties */
export function Audit({ query }) {
  const { who, what } = query;
  const all = useParts((cursor, signal) => get('audit', { who, what, cursor, limit: 100 }, { signal }), [who, what]);
  const items = all.items ?? [];
  const box = (/** @type {'who' | 'what'} */ name, /** @type {string | undefined} */ value) => html`<input type="search" aria-label=${t(`audit.${name}`)} placeholder=${t(`audit.${name}`)} value=${value ?? ''} onChange=${heard((text) => filter({ [name]: text }))} />`;
  return html`<div class="stack"><div class="row">${box('who', who)}${box('what', what)}</div>
    ${all.error && html`<${Failure} error=${all.error} again=${all.again} />`}
    ${all.items && items.length === 0 && html`<${Empty} icon="journal-text" text=${t('audit.none')} />`}
    ${items.length > 0 && html`<div class="card scroll dense"><table><thead><tr><th>${t('history.time')}</th><th>${t('audit.who')}</th><th>${t('users.role')}</th><th>${t('audit.way')}</th><th>${t('audit.what')}</th><th>${t('audit.result')}</th></tr></thead>
      <tbody>${items.map((each) => html`<tr><td>${time(each.time)}</td><td>${each.who}</td><td>${each.role}</td><td>${each.way}</td><td class="mono" lang="en">${each.what}</td>
        <td class=${each.result === 'done' ? '' : 'state-failing'} lang="en">${each.result}</td></tr>`)}</tbody></table></div>`}<${More} of=${all} /></div>`;
}
