import { html, useState } from '../core/html.js';
import { post } from '../core/api.js';
import { t } from '../core/texts.js';
import { Message } from '../ui/message.js';
import { Failure } from '../ui/panel.js';

const SAMPLE = '[{"source.ip": "198.51.100.7", "classification.type": "c2-server", "feed.name": "Example"}]';

/** Runs rules on events: each event's way through them. */
export function Trial({ kind, text, onLine }) {
  const [events, setEvents] = useState(SAMPLE);
  const [state, setState] = useState({});
  const run = async () => {
    try {
      setState({ results: await post('rules/trial', { kind, text, events: JSON.parse(events) }), of: text });
    } catch (error) { setState({ error }); }
  };
  return html`<section class="stack trial"><div class="row"><h2 class="grow">${t('rules.trial')}</h2><button class="primary" onClick=${run}>${t('rules.run')}</button></div>
    <textarea class="mono" rows="4" aria-label=${t('rules.events')} value=${events} onInput=${(event) => setEvents(event.target.value)}></textarea>
    ${state.error && html`<${Failure} error=${state.error} />`}
    <ol class=${`stack ${state.of !== text ? 'outdated' : ''}`}>${(state.results ?? []).map((result, i) => html`<li class="card"><div class="row"><strong>#${i + 1}</strong>
      ${(result.steps ?? []).map((step) => html`<button class="plain" onClick=${() => onLine({ line: step.line })}>${step.line}</button>`)}<span class="grow"></span>
      <span>${result.dropped ? t('rules.dropped') : t('rules.path', { path: [result.path ?? '_default'].flat().join(', ') })}</span></div>
      ${result.event && html`<${Message} message=${result.event} difference=${result.difference} />`}</li>`)}</ol></section>`;
}
