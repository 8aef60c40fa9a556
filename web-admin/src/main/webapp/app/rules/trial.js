import { heard, html } from '../core/html.js';
import { can } from '../core/connection.js';
import { counted, t } from '../core/texts.js';
import { Message } from '../ui/message.js';
import { Failure } from '../ui/panel.js';
import { Said } from '../ui/said.js';

/**
 * @import { Difference, RuleStep, RuleWay } from '../core/types.js'
 * @import { Place } from './editor.js'
 * @import { Run, Running } from './run.js'
 */

const value = (/** @type {any} */ of) => (typeof of === 'string' ? of : JSON.stringify(of));

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

/** What becomes of an event. @param {RuleWay} way */
const outcome = ({ error, dropped, paths, path }) => (error ? t('rules.fails') : dropped ? t('rules.dropped') : t('rules.path', { path: paths.length > 0 ? paths.join(', ') : path ?? '_default' }));

/** What an event is recognised by. @param {RuleWay} way */
const about = ({ event }) => ['source.ip', 'source.network', 'source.fqdn', 'source.url', 'source.account', 'destination.ip'].map((field) => event?.[field]).find(Boolean) ?? '';

/** The lines that it came to, each once. @param {RuleWay} way */
function short({ steps }) {
  const lines = new Map(steps.map(({ line, matched }) => [line, matched !== false]));
  return [...lines].map(([line, isMet]) => (isMet ? `${line} ✓` : line)).join('  ');
}

/** A line that an event came to, and what was changed there. @param {{step: RuleStep, line: string, onLine: (place: Place) => void}} properties */
function Step({ step, line, onLine }) {
  const isMissed = step.matched === false;
  return html`<li class=${isMissed ? 'muted' : ''}><button class="plain figure" title=${t('rules.go')} onClick=${() => onLine({ line: step.line })}>${step.line}</button>
    <span class="hidden-text">${step.matched === null ? '' : t(isMissed ? 'rules.unmatched' : 'rules.matched')}</span><span aria-hidden="true">${step.matched === null ? '→' : isMissed ? '–' : '✓'}</span>
    <div><code>${line.trim()}</code>${Object.entries(step.changed).map(([field, { before, after }]) => html`<div class="small mono">${field}: ${before !== null && html`<del>${value(before)}</del> `}${after !== null && html`<ins>${value(after)}</ins>`}</div>`)}</div></li>`;
}

/** One event; in full if it is chosen. @param {{way: RuleWay, n: number, lines: string[], isChosen: boolean, onChoose: () => void, onLine: (place: Place) => void}} properties */
function Way({ way, n, lines, isChosen, onChoose, onLine }) {
  return html`<li class="card way"><button class="plain row" aria-expanded=${isChosen} onClick=${onChoose}><strong>#${n}</strong>
      <span class="grow"><span class="mono">${about(way)}</span> <span class="muted">${short(way)}</span></span><span class=${way.error ? 'state-failing' : way.dropped ? 'muted' : ''}>${outcome(way)}</span></button>
    ${way.error && html`<p class="note error"><${Said} text=${way.error} /></p>`}
    ${isChosen && html`<ol class="steps">${way.steps.map((step) => html`<${Step} step=${step} line=${lines[step.line - 1] ?? ''} onLine=${onLine} />`)}</ol>
      ${way.event && html`<${Message} message=${way.event} difference=${difference(way)} />`}`}</li>`;
}

/** @param {Run} run */
function summary({ ways }) {
  const dropped = ways.filter((way) => way.dropped).length;
  const failed = ways.filter((way) => way.error).length;
  return t('rules.summary', { events: counted('events', ways.length, { count: ways.length }), dropped }) + (failed > 0 ? t('rules.summary.failed', { failed }) : '');
}

/**
 * Events' ways through rules: each one's outcome, and of one that is chosen each step.
 * @param {{running: Running, isFatal: boolean, isOld: boolean, chosen: number, onChoose: (i: number) => void, onLine: (place: Place) => void}} properties
 */
export function Trial({ running, isFatal, isOld, chosen, onChoose, onLine }) {
  const { source, events, setEvents, takeSample, takeLast, done, error, run } = running;
  const lines = (done?.of ?? '').split('\n');
  return html`<section class="stack trial"><div class="row"><h2 class="grow">${t('rules.trial')}</h2>
      <div class="segments" role="group" aria-label=${t('rules.source')}><button aria-pressed=${source === 'last'} onClick=${takeLast}>${t('rules.last')}</button><button aria-pressed=${source === 'sample'} onClick=${takeSample}>${t('rules.sample')}</button></div>
      <button class="primary" aria-keyshortcuts="Control+Enter" title=${t('rules.run.key')} disabled=${isFatal || !can('editor')} onClick=${run}>${t('rules.run')}</button></div>
    <details><summary>${t('rules.events')}</summary><textarea class="mono" rows="6" spellcheck="false" aria-label=${t('rules.events')} value=${events} onInput=${heard(setEvents)}></textarea></details>
    ${error && html`<${Failure} error=${error} />`}
    ${done && html`<p class="muted" role="status">${isOld ? t('rules.old') : summary(done)}</p>`}
    <ol class=${`stack ways ${isOld ? 'outdated' : ''}`}>${(done?.ways ?? []).map((way, i) => html`<${Way} way=${way} n=${i + 1} lines=${lines} isChosen=${i === chosen} onChoose=${() => onChoose(i === chosen ? -1 : i)} onLine=${onLine} />`)}</ol></section>`;
}
