import { heard, html, submitted, useState } from '../core/html.js';
import { post } from '../core/api.js';
import { can } from '../core/connection.js';
import { t } from '../core/texts.js';
import { Empty, Failure } from '../ui/panel.js';
import { Tried } from '../ui/tried.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Bot, TriedMessage } from '../core/types.js'
 */

/** What a message looks like: parsers take reports. */
const EVENT = '{"__type": "Event", "source.ip": "198.51.100.7"}';
const REPORT = '{"__type": "Report", "feed.name": "Example", "raw": "MTk4LjUxLjEwMC43"}';
const SOURCES = ['queue', 'dump', 'sample'];

/** Tries messages: shows what would come out where, and changes nothing. @param {{bot: Bot}} properties */
export function Trial({ bot }) {
  const [text, setText] = useState('');
  const [source, setSource] = useState(bot.source_queue ? 'queue' : 'sample');
  const [state, setState] = useState(/** @type {{isBusy?: boolean, error?: Failed, results?: TriedMessage[]}} */ ({}));
  const run = submitted(async () => {
    setState({ isBusy: true });
    try {
      setState({ results: await post(`bots/${bot.id}/trial`, text.trim() ? { messages: [text] } : { source, limit: 3 }) });
    } catch (error) { setState({ error }); }
  });
  return html`<form class="stack" onSubmit=${run}>
    <p class="muted">${t('trial.text')}</p>
    <div class="field"><label for="trial-text">${t('trial.message')}</label>
      <textarea id="trial-text" class="mono" rows="6" placeholder=${bot.group === 'Parser' ? REPORT : EVENT} value=${text} onInput=${heard(setText)}></textarea></div>
    <div class="row"><label class="row">${t('trial.source')} <select disabled=${text.trim() !== ''} value=${source} onChange=${heard(setSource)}>
        ${SOURCES.map((each) => html`<option value=${each}>${t(`trial.source.${each}`)}</option>`)}</select></label>
      <button class="primary" disabled=${state.isBusy || !can('operator')}>${t('trial.run')}</button></div>
    ${state.error && html`<${Failure} error=${state.error} />`}
    ${state.results?.length === 0 && html`<${Empty} text=${t('trial.none')} />`}
    <ol class="stack">${(state.results ?? []).map((result) => html`<${Tried} result=${result} />`)}</ol>
  </form>`;
}
