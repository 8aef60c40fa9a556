import { html } from '../core/html.js';
import { t } from '../core/texts.js';

/** @import { Change } from '../core/types.js' */

const plain = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

/** A whole bot, line by line: what it does, its parameters, and where it sends to. @param {Record<string, any>} bot */
function wholeBot({ module, enabled, parameters = {} }) {
  const { destination_queues: routes = {}, ...others } = parameters;
  return [module, ...(enabled === false ? ['enabled: false'] : []), ...Object.entries(others).map(([name, value]) => `${name}: ${plain(value)}`),
    ...Object.entries(routes).map(([path, queues]) => `${path} → ${[queues].flat().join(', ')}`)].join('\n');
}

const isBot = (/** @type {any} */ value) => typeof value === 'object' && value !== null && 'module' in value;

const shown = (/** @type {unknown} */ value) => (isBot(value) ? wholeBot(/** @type {Record<string, any>} */ (value)) : plain(value));
const name = (/** @type {Change} */ change) => change.parameter ?? change.key ?? t('change.bot');

/** Differences by bot: what was set before in one colour, what is then in another. @param {{changes: Change[]}} properties */
export function Changes({ changes }) {
  /** @type {Map<string, Change[]>} */
  const byBot = new Map();
  changes.forEach((each) => byBot.set(each.bot, [...(byBot.get(each.bot) ?? []), each]));
  return html`<div class="stack">${[...byBot].map(([bot, all]) => html`<section class="card changes" key=${bot}><h2>${bot}</h2>
    ${all.map((change) => html`<div class="change"><span class="mono">${name(change)}</span><div>
      ${change.before !== null && change.before !== undefined && html`<pre class="before"><span class="hidden-text">${t('change.before')}</span>− ${shown(change.before)}</pre>`}
      ${change.after !== null && change.after !== undefined && html`<pre class="after"><span class="hidden-text">${t('change.after')}</span>+ ${shown(change.after)}</pre>`}</div></div>`)}
  </section>`)}</div>`;
}
