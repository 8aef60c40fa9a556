import { html, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { useStore } from '../core/store.js';
import { Icon } from '../ui/icon.js';
import { Panel } from '../ui/panel.js';
import { draft, edit } from './draft.js';
import { useCatalogue } from './catalogue.js';
import { Field } from './field.js';

function Routes({ bot, onConnect }) {
  const all = Object.entries(bot.destination_queues).flatMap(([path, queues]) => queues.map((queue) => ({ path, queue })));
  return html`<section class="stack"><div class="row"><h3 class="grow">${t('form.routes')}</h3><button onClick=${onConnect}><${Icon} name="plus-lg" />${t('draft.connect')}</button></div>
    ${all.map(({ path, queue }) => html`<div class="row"><span class="mono small">${path}</span><span class="grow">→ ${queue}</span>
      <button class="plain" aria-label=${t('form.disconnect', { path, queue })} onClick=${() => edit({ op: 'disconnect', bot: bot.id, path, queue })}><${Icon} name="x-lg" /></button></div>`)}</section>`;
}

/** Which parameters are shown first: those that must be set, and those that are or should be. */
function grouped(type, section, problems) {
  const isUsed = (parameter) => parameter.name in (section.parameters ?? {}) || problems.some((each) => each.parameter === parameter.name);
  const required = type.parameters.filter((each) => each.required);
  const used = type.parameters.filter((each) => !each.required && isUsed(each));
  return { required, used, others: type.parameters.filter((each) => !each.required && !isUsed(each)) };
}

/** The settings of one bot, in the draft. */
export function BotForm({ bot, onConnect, onClose }) {
  const now = useStore(draft);
  const catalogue = useCatalogue();
  const [isAll, showAll] = useState(false);
  const [find, setFind] = useState('');
  const section = now.bots[bot.id];
  const problems = now.problems.filter((each) => each.bot === bot.id);
  const field = (parameter) => html`<${Field} key=${`${bot.id} ${parameter.name}`} parameter=${parameter} own=${section.parameters?.[parameter.name]} inherited=${now.global?.[parameter.name]}
    problems=${problems.filter((each) => each.parameter === parameter.name)} onSet=${(value) => edit({ op: 'set', bot: bot.id, parameter: parameter.name, value })}
    onUnset=${() => edit({ op: 'unset', bot: bot.id, parameter: parameter.name })} />`;
  return html`<aside class="side form" aria-label=${bot.id}>
    <div class="row"><h2 class="grow">${bot.id}</h2>${onClose && html`<button class="plain" aria-label=${t('close')} onClick=${onClose}><${Icon} name="x-lg" /></button>`}</div>
    <p class="muted">${bot.description}</p>
    ${problems.filter((each) => !each.parameter).map((each) => html`<p class="note error small">${each.text}</p>`)}
    <label class="row"><input type="checkbox" checked=${bot.enabled} onChange=${() => edit({ op: bot.enabled ? 'disable' : 'enable', bot: bot.id })} />${t('form.enabled')}</label>
    ${bot.group !== 'Output' && html`<${Routes} bot=${bot} onConnect=${onConnect} />`}
    <${Panel} of=${catalogue}>${(types) => {
      const type = types.find((each) => each.module === bot.module);
      if (!type) return html`<p class="note warn">${t('form.unknown', { module: bot.module })}</p>`;
      const { required, used, others } = grouped(type, section, problems);
      const matching = others.filter((each) => `${each.name} ${each.meaning}`.toLowerCase().includes(find.toLowerCase()));
      return html`${required.length > 0 && html`<section class="stack"><h3>${t('form.must')}</h3>${required.map(field)}</section>`}
        ${used.length > 0 && html`<section class="stack"><h3>${t('form.set')}</h3>${used.map(field)}</section>`}
        ${others.length > 0 && html`<section class="stack"><div class="row"><h3 class="grow">${t('form.others', { n: others.length })}</h3><button aria-expanded=${isAll} onClick=${() => showAll(!isAll)}>${t(isAll ? 'message.less' : 'message.more')}</button></div>
          ${isAll && html`<input type="search" aria-label=${t('form.find')} placeholder=${t('form.find')} value=${find} onInput=${(event) => setFind(event.target.value)} />${matching.map(field)}`}</section>`}`;
    }}<//>
  </aside>`;
}
