import { heard, html, useEffect, useRef, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { control, meant, typed } from './values.js';
import { Said } from '../ui/said.js';

/**
 * @import { Parameter, Problem } from '../core/types.js'
 * @import { Control } from './values.js'
 */

const PAUSE = 300;

/** @param {{id: string, at: Control, text: string, onInput: (text: string) => void, described: string, isWrong: boolean, placeholder: string}} properties */
function Input({ id, at, text, onInput, described, isWrong, placeholder }) {
  const shared = { id, 'aria-describedby': described, 'aria-invalid': isWrong ? 'true' : undefined, placeholder, onInput: heard(onInput) };
  if (at.kind === 'choice') {
    return html`<select ...${shared} onChange=${shared.onInput} value=${text}><option value="">${placeholder || t('form.unset')}</option>${at.choices.map((each) => html`<option>${each}</option>`)}</select>`;
  }
  if (at.kind === 'lines' || at.kind === 'json') return html`<textarea ...${shared} class="mono" rows=${Math.min(8, Math.max(2, text.split('\n').length))} value=${text} spellcheck="false"></textarea>`;
  return html`<input ...${shared} type=${at.kind === 'secret' ? 'password' : 'text'} value=${text} autocomplete="off" spellcheck="false" />`;
}

/**
 * One parameter: what is set for the bot itself, else what it inherits. Typing is sent after a short pause, or when the form is left.
 * @param {{parameter: Parameter, own: any, inherited?: any, problems: Problem[], isOurs?: boolean, onSet: (value: any) => void, onUnset: () => void}} properties
 *   isOurs: its meaning is a text of the console
 */
export function Field({ parameter, own, inherited, problems, isOurs = false, onSet, onUnset }) {
  const at = control(parameter);
  const [text, setText] = useState(typed(own, at));
  const waiting = useRef(/** @type {{now: string, timer: number} | null} */ (null));
  const sent = useRef(typed(own, at));
  useEffect(() => { if (typed(own, at) !== sent.current) { sent.current = typed(own, at); setText(sent.current); } }, [own]);
  const send = () => {
    if (!waiting.current) return;
    const { timer, now } = waiting.current;
    waiting.current = null;
    clearTimeout(timer);
    sent.current = now;
    if (now === '') onUnset(); else onSet(meant(now, at, parameter));
  };
  useEffect(() => send, []);
  const onInput = (/** @type {string} */ now) => {
    setText(now);
    clearTimeout(waiting.current?.timer);
    waiting.current = { now, timer: setTimeout(send, PAUSE) };
  };
  const id = `parameter-${parameter.name}`;
  const byDefault = inherited !== undefined ? t('form.inherited', { value: typed(inherited, at) }) : parameter.default !== null && parameter.default !== undefined ? t('form.default', { value: parameter.default }) : parameter.example ? t('form.example', { value: parameter.example }) : '';
  return html`<div class="field">
    <div class="row"><label for=${id} class="mono">${parameter.name}</label>${parameter.required && html`<span class="muted small">${t('form.required')}</span>`}
      <span class="grow"></span>${own !== undefined && html`<button type="button" class="plain small" onClick=${() => { sent.current = ''; setText(''); onUnset(); }}>${t('form.reset')}</button>`}</div>
    <${Input} id=${id} at=${at} text=${text} onInput=${onInput} described=${`${id}-help`} isWrong=${problems.length > 0} placeholder=${byDefault} />
    <div id=${`${id}-help`}>${problems.map((each) => html`<p class="wrong small"><${Said} text=${each.text} /></p>`)}<p class="help small" lang=${isOurs ? undefined : 'en'}>${parameter.meaning} <span class="muted" lang="en">(${parameter.type})</span></p></div>
  </div>`;
}
