import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { encoded } from '../core/router.js';
import { useStyle } from '../core/style.js';
import { t } from '../core/texts.js';
import { Empty, Panel, useResource } from '../ui/panel.js';
import { RulesFile } from './file.js';

/** @import { RuleFile } from '../core/types.js' */

/** The rules that bots read from files. @param {{file?: string}} properties */
export default function RulesPage({ file }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/rules/rules.css') && isShared;
  const files = useResource((signal) => get('rules', null, { signal }));
  if (files.data?.length === 0) return isReady && html`<div class="rules"><h1>${t('page.rules')}</h1><${Empty} icon="file-earmark-code" text=${t('rules.none')} /></div>`;
  return isReady && html`<div class="rules"><h1>${file ?? t('page.rules')}</h1><div class="columns">
    <${Panel} of=${files}>${(/** @type {RuleFile[]} */ all) => html`<nav aria-label=${t('rules.files')}><ul>${all.map((each) => html`<li>
      <a class="file" href=${`/rules/${encoded(each.file)}`} aria-current=${each.file === file ? 'page' : undefined}>${each.file}<span class="muted small">${each.kind}: ${each.bots.join(', ')}</span></a></li>`)}</ul></nav>`}<//>
    ${file ? html`<${RulesFile} file=${file} key=${file} />` : html`<p class="muted">${t('rules.choose')}</p>`}</div></div>`;
}
