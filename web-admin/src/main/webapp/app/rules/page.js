import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { encoded } from '../core/router.js';
import { useStyle } from '../core/style.js';
import { counted, t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';
import { Empty, Panel, useResource } from '../ui/panel.js';
import { RulesFile } from './file.js';

/** @import { RuleFile } from '../core/types.js' */

/** A file that cannot be opened here: why, and what to do. @param {{file: RuleFile}} properties */
function Barred({ file }) {
  return html`<div class="note warn stack" role="status"><strong>${t(`rules.barrier.${file.barrier}`, { file: file.file })}</strong>
    <p>${counted('rules.barrier.used', file.bots.length, { bots: file.bots.join(', ') })} ${t(`rules.barrier.${file.barrier}.do`)}</p>
    <div class="row">${file.bots.map((bot) => html`<a class="button" href=${`/bots/${bot}/settings`}>${t('rules.barrier.settings', { bot })}</a>`)}</div></div>`;
}

/** The rules that bots read from files. @param {{file?: string}} properties */
export default function RulesPage({ file }) {
  const isShared = useStyle('/app/bot/bot.css');
  const isReady = useStyle('/app/rules/rules.css') && isShared;
  const files = useResource((signal) => get('rules', null, { signal }));
  if (files.data?.length === 0) return isReady && html`<div class="rules"><h1>${t('page.rules')}</h1><${Empty} icon="file-earmark-code" text=${t('rules.none')} /></div>`;
  // addresses have no slash at the beginning
  const here = files.data?.find((each) => each.file.replace(/^\//, '') === file);
  return isReady && html`<div class="rules"><h1>${here?.file ?? file ?? t('page.rules')}</h1><div class="columns">
    <${Panel} of=${files}>${(/** @type {RuleFile[]} */ all) => html`<nav aria-label=${t('rules.files')}><ul>${all.map((each) => html`<li>
      <a class="file" href=${`/rules/${encoded(each.file.replace(/^\//, ''))}`} aria-current=${each === here ? 'page' : undefined}><span>${each.barrier && html`<${Icon} name="slash-circle" label=${t('rules.barred')} /> `}${each.file}</span><span class="muted small">${each.kind}: ${each.bots.join(', ')}</span></a></li>`)}</ul></nav>`}<//>
    ${!file ? html`<p class="muted">${t('rules.choose')}</p>` : here?.barrier ? html`<${Barred} file=${here} />` : files.data && html`<${RulesFile} file=${file} key=${file} />`}</div></div>`;
}
