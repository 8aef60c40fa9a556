import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Empty, Panel, useResource } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/** @import { Problem } from '../core/types.js' */

/** What is wrong with the configuration; each leads to its field. */
export function Check() {
  const problems = useResource((signal) => get('check', null, { signal }));
  return html`<${Panel} of=${problems} isEmpty=${(/** @type {Problem[]} */ all) => all.length === 0} empty=${html`<${Empty} icon="check-circle-fill" text=${t('check.none')} />`}>
    ${(/** @type {Problem[]} */ all) => html`<ul class="stack">${all.map((each) => html`<li class=${`note ${each.severity === 'refused' ? 'error' : 'warn'}`}>
      ${each.bot && html`<a href=${`/pipeline/draft?bot=${each.bot}`}>${each.bot}</a> `}<${Said} text=${each.text.replace(`bot '${each.bot}': `, '')} /></li>`)}</ul>`}<//>`;
}
