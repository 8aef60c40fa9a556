import { html, useEffect, useElement } from '../core/html.js';
import { t } from '../core/texts.js';

/** Parts of a page, each an address. @param {{tabs: {id: string, to: string, count?: string | false}[], current: string, prefix: string}} properties */
export function Tabs({ tabs, current, prefix }) {
  const bar = useElement(HTMLElement);
  // on a phone not all have room
  useEffect(() => bar.current.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [current]);
  return html`<nav class="tabs" aria-label=${t('tabs.label')} ref=${bar}>${tabs.map((tab) => html`
    <a href=${tab.to} aria-current=${tab.id === current ? 'page' : undefined} key=${tab.id}>${t(`${prefix}.${tab.id}`)}
      ${tab.count && html` <span class="muted figure">${tab.count}</span>`}</a>`)}</nav>`;
}
