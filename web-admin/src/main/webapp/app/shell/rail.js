import { html } from '../core/html.js';
import { main } from '../core/pages.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';

/** The pages, the one shown marked. @param {{current: string}} properties */
export function Rail({ current }) {
  return html`<nav class="rail" aria-label=${t('rail.label')}>
    <div class="brand"><img src="/app/icon.svg" alt="" width="24" height="24" />IntelMQ</div>
    ${main.map((page) => html`
      <a class="page" href=${page.to} aria-current=${page.id === current ? 'page' : undefined} key=${page.id}>
        <${Icon} name=${page.icon} /><span>${t(`page.${page.id}`)}</span></a>`)}
  </nav>`;
}
