import { heard, html, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { t } from '../core/texts.js';
import { Message } from '../ui/message.js';
import { Failure } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Difference, RuleWay } from '../core/types.js'
 * @import { Place } from './editor.js'
 */

const LAST = 20;
const SAMPLE = '[{"source.ip": "198.51.100.7", "classification.type": "c2-server", "feed.name": "Example"}]';

/** What all steps together have changed. @param {RuleWay} way */
function difference({ steps, event }) {
  /** @type {Difference} */
  const all = { added: {}, changed: {}, removed: {} };
  for (const step of steps) {
    for (const [field, { before, after }] of Object.entries(step.changed)) {
      if (before === null) all.added[field] = after;
      else if (after === null) all.removed[field] = before;
      else all.changed[field] = { before: all.changed[field]?.before ?? before, after };
    }
  }
  Object.keys(all.removed).filter((field) => field in (event ?? {})).forEach((field) => delete all.removed[field]);
  return all;
}

/** Runs rules on events: each event's way through them. @param {{kind: string, text: string, onLine: (place: Place) => void}} properties */
export function Trial({ kind, text, onLine }) {
  const [events, setEvents] = useState(SAMPLE);
  const [state, setState] = useState(/** @type {{error?: Failed, results?: RuleWay[], of?: string}} */ ({}));
  /** The newest events of the database, as they went through. */
  const takeLast = async () => {
    try {
      const { items } = await get('events', { limit: LAST });
      const all = await Promise.all(items.map(({ id }) => get(`events/${id}`)));
      setEvents(JSON.stringify(all.map((each) => Object.fromEntries(Object.entries(each.event ?? each).filter(([name, value]) => name !== 'id' && value !== null))), null, 1));
    } catch (error) { setState({ error }); }
  };
  const run = async () => {
    try {
      setState({ results: await post('rules/trial', { kind, text, events: JSON.parse(events) }), of: text });
    } catch (error) { setState({ error }); }
  };
  return html`<section class="stack trial"><div class="row"><h2 class="grow">${t('rules.trial')}</h2><button onClick=${takeLast}>${t('rules.last')}</button><button class="primary" onClick=${run}>${t('rules.run')}</button></div>
    <textarea class="mono" rows="4" aria-label=${t('rules.events')} value=${events} onInput=${heard(setEvents)}></textarea>
    ${state.error && html`<${Failure} error=${state.error} />`}
    <ol class=${`stack ${state.of !== text ? 'outdated' : ''}`}>${(state.results ?? []).map((result, i) => html`<li class="card"><div class="row"><strong>#${i + 1}</strong>
      ${result.steps.map((step) => html`<button class=${`plain ${step.matched === false ? 'muted' : ''}`} title=${t(step.matched === false ? 'rules.unmatched' : 'rules.matched')}
        onClick=${() => onLine({ line: step.line })}>${step.line}${step.matched === false ? '' : ' ✓'}</button>`)}<span class="grow"></span>
      <span>${result.dropped ? t('rules.dropped') : t('rules.path', { path: result.paths.length > 0 ? result.paths.join(', ') : result.path ?? '_default' })}</span></div>
      ${result.error && html`<p class="note error"><${Said} text=${result.error} /></p>`}${result.event && html`<${Message} message=${result.event} difference=${difference(result)} />`}</li>`)}</ol></section>`;
}
