import { heard, html, submitted, useEffect, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { navigate } from '../core/router.js';
import { can } from '../core/connection.js';
import { counted, t } from '../core/texts.js';
import { count } from '../core/format.js';
import { Failure, Panel, useResource } from '../ui/panel.js';
import { Message } from '../ui/message.js';
import { Icon } from '../ui/icon.js';
import { Light } from './light.js';
import { Said } from '../ui/said.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Draft, Feed, FeedSample } from '../core/types.js'
 */
/** @typedef {Record<string, string>} Values what the feed asks for */

/** A feed that asks for nothing has no step for it. @param {Feed | undefined} feed */
const steps = (feed) => ['read', ...(feed && !isAsking(feed) ? [] : ['key']), 'sample', 'done'];
const isAsking = (/** @type {Feed} */ feed) => Object.keys(feed.set ?? {}).length > 0;
const at = (/** @type {string} */ id, /** @type {string} */ step) => `/feeds/add/${encodeURIComponent(id)}/${step}`;

/** @param {{feed: Feed, onNext: () => void}} properties */
function Read({ feed, onNext }) {
  return html`<div class="stack card"><p><${Said} text=${feed.about} /></p>${feed.note && html`<p class="note"><${Said} text=${feed.note} /></p>`}
    <dl class="message"><div><dt>${t('feeds.provider')}</dt><dd>${feed.provider}</dd></div>
      ${feed.documentation && html`<div><dt>${t('feeds.documentation')}</dt><dd><a href=${feed.documentation} target="_blank" rel="noreferrer noopener">${feed.documentation}</a></dd></div>`}
      <div><dt>${t('feeds.access')}</dt><dd>${t(feed.access === 'key' ? 'feeds.access.key' : feed.access === 'dead' ? 'feeds.dead' : 'feeds.access.free')}</dd></div>
      ${feed.bot && html`<div><dt>${t('feeds.light')}</dt><dd><${Light} of=${feed.light} /></dd></div>`}</dl>
    ${feed.access === 'dead' && html`<p class="note warn">${t('feeds.dead.text')}</p>`}
    <div class="actions"><button class="primary" onClick=${onNext}>${t('wizard.next')}</button></div></div>`;
}

/** @param {{feed: Feed, values: Values, onValues: (values: Values) => void, onNext: () => void, onBack: () => void}} properties */
function Key({ feed, values, onValues, onNext, onBack }) {
  const asked = Object.entries(feed.set ?? {});
  return html`<form class="stack card" onSubmit=${submitted(onNext)}>
    ${asked.map(([name, meaning]) => html`<div class="field" key=${name}><label for=${`value-${name}`}>${name}</label>
      <input id=${`value-${name}`} type=${/key|password|token|secret/i.test(name) ? 'password' : 'text'} required autocomplete="off" value=${values[name] ?? ''} onInput=${heard((value) => onValues({ ...values, [name]: value }))} />
      <p class="help small"><${Said} text=${meaning} /></p></div>`)}
    <div class="actions"><button type="button" onClick=${onBack}>${t('wizard.back')}</button><button class="primary">${t('wizard.see')}</button></div></form>`;
}

/** @param {{feed: Feed, values: Values, onNext: () => void, onBack: () => void}} properties */
function Sample({ feed, values, onNext, onBack }) {
  const sample = useResource((signal) => post(`feeds/${encodeURIComponent(feed.id)}/sample`, { values }, { signal }), [feed.id]);
  return html`<div class="stack">
    ${sample.data === undefined && !sample.error && html`<p role="status" class="note">${t('wizard.fetching')}</p>`}
    <${Panel} of=${sample}>${(/** @type {FeedSample} */ { events, count: all, step, error }) => (error ? html`<div class="note error stack"><strong>${t('wizard.failed', { step: t(`wizard.step.${step}`) })}</strong><${Said} text=${error} />
        <div><button onClick=${sample.again}>${t('panel.retry')}</button></div></div>`
      : html`<p>${counted('wizard.seen', all, { all: count(all) })}</p>${events.map((event) => html`<div class="card"><${Message} message=${event} /></div>`)}`)}<//>
    <div class="actions"><button onClick=${onBack}>${t('wizard.back')}</button><button class="primary" disabled=${!can('editor') || !sample.data || Boolean(sample.data.error)} onClick=${onNext}>${t('wizard.use')}</button></div></div>`;
}

/** Asks where the events go, which nobody can know where parsers send to different bots. @param {{onChoose: (id: string) => void}} properties */
function Where({ onChoose }) {
  const draft = useResource((signal) => get('draft', null, { signal }));
  const submit = submitted(({ to }) => onChoose(to));
  return html`<${Panel} of=${draft}>${(/** @type {Draft} */ { bots }) => html`<form class="stack card" onSubmit=${submit}><div class="field"><label for="to">${t('wizard.where')}</label>
    <select id="to" name="to">${Object.entries(bots ?? {}).filter(([, bot]) => !['Collector', 'Parser'].includes(bot.group ?? '')).map(([id]) => html`<option value=${id}>${id}</option>`)}</select></div>
    <div class="actions"><button class="primary">${t('wizard.next')}</button></div></form>`}<//>`;
}

/** @param {{feed: Feed, values: Values}} properties */
function Done({ feed, values }) {
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const add = (/** @type {string[]} */ to) => post(`feeds/${encodeURIComponent(feed.id)}/draft`, { values, to }).then(() => navigate('/pipeline/draft/plan'), setError);
  useEffect(() => { add([]); }, []);
  if (error?.code === 'unclear-destination') return html`<${Where} onChoose=${(/** @type {string} */ id) => { setError(null); add([id]); }} />`;
  return error ? html`<${Failure} error=${error} again=${() => add([])} />` : html`<p role="status">${t('wizard.adding')}</p>`;
}

/** Adds a feed: what it is, its key, three real events, done. Nothing is saved before the last step. @param {{id: string, step?: string}} properties */
export function Wizard({ id, step = 'read' }) {
  const feed = useResource((signal) => get(`feeds/${encodeURIComponent(id)}`, null, { signal }), [id]);
  const [values, setValues] = useState(/** @type {Values} */ ({}));
  const go = (/** @type {string} */ to) => navigate(at(id, to));
  const all = steps(feed.data);
  return html`<div class="stack wizard"><div class="page-head"><a href="/feeds">‹ ${t('page.feeds')}</a><h1>${feed.data?.name ?? id}</h1></div>
    <ol class="steps">${all.map((each, i) => html`<li aria-current=${each === step ? 'step' : undefined}>${all.indexOf(step) > i ? html`<${Icon} name="check-lg" />` : i + 1} ${t(`wizard.${each}`)}</li>`)}</ol>
    <${Panel} of=${feed}>${(/** @type {Feed} */ one) => (/** @type {Record<string, any>} */ ({
      read: html`<${Read} feed=${one} onNext=${() => go(all[1])} />`,
      key: html`<${Key} feed=${one} values=${values} onValues=${setValues} onNext=${() => go('sample')} onBack=${() => go('read')} />`,
      sample: html`<${Sample} feed=${one} values=${values} onNext=${() => go('done')} onBack=${() => go(all[all.indexOf('sample') - 1])} />`,
      done: html`<${Done} feed=${one} values=${values} />`,
    })[step])}<//></div>`;
}
