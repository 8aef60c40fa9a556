import { html } from '../core/html.js';
import { t } from '../core/texts.js';

const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));
const name = (change) => change.parameter ?? change.key ?? t('change.bot');

/** Differences by bot: what was set before in one colour, what is then in another. @param {{changes: {place, bot, parameter, key, before, after}[]}} properties */
export function Changes({ changes }) {
  const byBot = Map.groupBy ? Map.groupBy(changes, (each) => each.bot) : changes.reduce((map, each) => map.set(each.bot, [...(map.get(each.bot) ?? []), each]), new Map());
  return html`<div class="stack">${[...byBot].map(([bot, all]) => html`<section class="card changes" key=${bot}><h3>${bot}</h3>
    ${all.map((change) => html`<div class="change"><span class="mono">${name(change)}</span><div>
      ${change.before !== null && change.before !== undefined && html`<pre class="before"><span class="hidden-text">${t('change.before')}</span>− ${shown(change.before)}</pre>`}
      ${change.after !== null && change.after !== undefined && html`<pre class="after"><span class="hidden-text">${t('change.after')}</span>+ ${shown(change.after)}</pre>`}</div></div>`)}
  </section>`)}</div>`;
}
