import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Empty, Panel, useResource } from '../ui/panel.js';

/** What is wrong with the configuration; each leads to its field. */
export function Check() {
  const problems = useResource((signal) => get('check', null, { signal }));
  return html`<${Panel} of=${problems} isEmpty=${(all) => all.length === 0} empty=${html`<${Empty} icon="check-circle-fill" text=${t('check.none')} />`}>
    ${(all) => html`<ul class="stack">${all.map((each) => html`<li class=${`note ${each.severity?.toLowerCase() === 'refused' ? 'error' : 'warn'}`}>
      ${each.bot && html`<a href=${`/pipeline/draft?bot=${each.bot}`}>${each.bot}</a> `}${each.text.replace(`bot '${each.bot}': `, '')}</li>`)}</ul>`}<//>`;
}
