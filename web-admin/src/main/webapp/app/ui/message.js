import { html, useState } from '../core/html.js';
import { t } from '../core/texts.js';

/**
 * @import { Content } from '../core/html.js'
 * @import { Difference, Fields } from '../core/types.js'
 */

const LONG = 200;

/** @param {Fields | string | null} message @returns {Fields | null} */
function parsed(message) {
  if (typeof message !== 'string') return message;
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

/** The text of a Base64 field; null if it is none. @param {string} value */
function decoded(value) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(value), (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** What tells the second message from the first. @param {Fields} first @param {Fields} second */
export function between(first, second) {
  /** @type {Difference} */
  const all = { added: {}, removed: {}, changed: {} };
  for (const [name, value] of Object.entries(first)) {
    if (!(name in second)) all.removed[name] = value;
    else if (JSON.stringify(value) !== JSON.stringify(second[name])) all.changed[name] = { before: value, after: second[name] };
  }
  for (const [name, value] of Object.entries(second)) if (!(name in first)) all.added[name] = value;
  return all;
}

/** @param {{name: string, value: any, before?: any}} properties */
function Value({ name, value, before }) {
  const [isLong, showLong] = useState(false);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const raw = name === 'raw' ? decoded(text) : null;
  const shown = isLong || text.length <= LONG ? text : `${text.slice(0, LONG)} …`;
  return html`<dd class="mono">${before !== undefined && html`<del>${typeof before === 'string' ? before : JSON.stringify(before)}</del> → `}${raw === null ? shown : html`<pre>${isLong ? raw : raw.slice(0, LONG)}</pre>`}
    ${(raw ?? text).length > LONG && html` <button class="plain small" onClick=${() => showLong(!isLong)}>${t(isLong ? 'message.less' : 'message.more')}</button>`}</dd>`;
}

/** A report or event field by field; what was added, removed or changed is marked. @param {{message: Fields | string | null, difference?: Difference, more?: (name: string, value: any) => Content}} properties
 *   more: what stands behind a field's name */
export function Message({ message, difference, more }) {
  const fields = parsed(message);
  if (fields === null) return html`<pre>${message}</pre>`;
  const mark = (/** @type {string} */ name) => (difference?.added && name in difference.added ? 'added' : difference?.changed && name in difference.changed ? 'changed' : '');
  const removed = Object.entries(difference?.removed ?? {});
  return html`<dl class="message">
    ${Object.entries(fields).filter(([name]) => name !== '__type').map(([name, value]) => html`<div class=${mark(name)} key=${name}><dt>${name}${more?.(name, value)}</dt><${Value} name=${name} value=${value} before=${difference?.changed?.[name]?.before} /></div>`)}
    ${removed.map(([name, value]) => html`<div class="removed" key=${name}><dt>${name}</dt><${Value} name=${name} value=${value} /></div>`)}
  </dl>`;
}
