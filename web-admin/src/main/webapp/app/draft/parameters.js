import { heard, html, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { Panel } from '../ui/panel.js';
import { edit } from './draft.js';
import { useCatalogue } from './catalogue.js';
import { Field } from './field.js';
import { Said } from '../ui/said.js';

/**
 * @import { Draft, Parameter, Problem, Section } from '../core/types.js'
 * @import { Kind } from './catalogue.js'
 * @import { DraftedBot } from './draft.js'
 */

/** What every bot has beside its parameters, in the same form. @returns {Parameter[]} */
const keys = () => [{ name: 'name', type: 'text', meaning: t('form.name') }, { name: 'description', type: 'text', meaning: t('form.description') },
  { name: 'run_mode', type: 'one of [continuous, scheduled]', default: 'continuous', meaning: t('form.run_mode') }];

/** Which parameters are shown first: those that must be set, and those that are or should be. @param {Parameter[]} parameters @param {Section} section @param {Problem[]} problems */
function grouped(parameters, section, problems) {
  const isUsed = (/** @type {Parameter} */ parameter) => parameter.name in (section.parameters ?? {}) || problems.some((each) => each.parameter === parameter.name);
  const required = parameters.filter((each) => each.required);
  const used = parameters.filter((each) => !each.required && isUsed(each));
  return { required, used, others: parameters.filter((each) => !each.required && !isUsed(each)) };
}

const matches = (/** @type {string} */ text) => (/** @type {Parameter} */ each) => `${each.name} ${each.meaning}`.toLowerCase().includes(text.toLowerCase());

/** @param {{parameters: Parameter[], field: (parameter: Parameter) => unknown}} properties */
function Others({ parameters, field }) {
  const [isAll, showAll] = useState(false);
  const [find, setFind] = useState('');
  return html`<section class="stack"><div class="row"><h3 class="grow">${t('form.others', { n: parameters.length })}</h3><button type="button" aria-expanded=${isAll} onClick=${() => showAll(!isAll)}>${t(isAll ? 'message.less' : 'message.more')}</button></div>
    ${isAll && html`<input type="search" aria-label=${t('form.find')} placeholder=${t('form.find')} value=${find} onInput=${heard(setFind)} />
      <div class="fields">${parameters.filter(matches(find)).map(field)}</div>`}</section>`;
}

/** The settings of one bot, changed in the draft: each control by the parameter's type, with its meaning, and what is wrong with it under it. @param {{bot: DraftedBot, now: Draft}} properties */
export function Parameters({ bot, now }) {
  const catalogue = useCatalogue();
  const section = now.bots?.[bot.id] ?? { module: bot.module };
  const problems = now.problems.filter((each) => each.bot === bot.id);
  const of = (/** @type {string} */ name) => problems.filter((each) => each.parameter === name);
  const field = (/** @type {Parameter} */ parameter) => html`<${Field} key=${`${bot.id} ${parameter.name}`} parameter=${parameter} own=${section.parameters?.[parameter.name]} inherited=${now.global?.[parameter.name]}
    problems=${of(parameter.name)} onSet=${(/** @type {any} */ value) => edit({ op: 'set', bot: bot.id, parameter: parameter.name, value })} onUnset=${() => edit({ op: 'unset', bot: bot.id, parameter: parameter.name })} />`;
  const about = (/** @type {Parameter} */ key) => html`<${Field} key=${`${bot.id} ${key.name}`} parameter=${key} own=${section[key.name]} problems=${of(key.name)} isOurs=${true}
    onSet=${(/** @type {any} */ value) => edit({ op: 'set', bot: bot.id, key: key.name, value })} onUnset=${() => edit({ op: 'unset', bot: bot.id, key: key.name })} />`;
  return html`<${Panel} of=${catalogue}>${(/** @type {Kind[]} */ types) => {
    const type = types.find((each) => each.module === bot.module);
    const { required, used, others } = grouped(type?.parameters ?? [], section, problems);
    const shown = new Set([...required, ...used].map((each) => each.name));
    return html`${problems.filter((each) => !shown.has(each.parameter ?? '')).map((each) => html`<p class=${`note small ${each.severity === 'refused' ? 'error' : 'warn'}`}><${Said} text=${each.text} /></p>`)}
      <label class="row"><input type="checkbox" checked=${bot.enabled} onChange=${() => edit({ op: bot.enabled ? 'disable' : 'enable', bot: bot.id })} />${t('form.enabled')}</label>
      ${!type && html`<p class="note warn">${t('form.unknown', { module: bot.module })}</p>`}
      ${required.length > 0 && html`<section class="stack"><h3>${t('form.must')}</h3><div class="fields">${required.map(field)}</div></section>`}
      ${used.length > 0 && html`<section class="stack"><h3>${t('form.set')}</h3><div class="fields">${used.map(field)}</div></section>`}
      ${others.length > 0 && html`<${Others} parameters=${others} field=${field} key=${bot.id} />`}
      <details class="stack"><summary>${t('form.about')}</summary><div class="fields">${keys().map(about)}</div></details>`;
  }}<//>`;
}
