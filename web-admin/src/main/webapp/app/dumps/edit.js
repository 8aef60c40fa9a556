import { heard, html, useMemo, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { between, Message } from '../ui/message.js';

/** @import { Fields } from '../core/types.js' */

/** @param {string} text @returns {{value?: Fields, error?: string}} */
function parsed(text) {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: error.message };
  }
}

/** Changes a message's text; what has changed is shown while it is typed. @param {{message: string, onSave: (text: string) => void, onClose: () => void}} properties */
export function EditMessage({ message, onSave, onClose }) {
  const [text, setText] = useState(message);
  const before = useMemo(() => parsed(message).value, [message]);
  const now = useMemo(() => parsed(text), [text]);
  return html`<div class="edit-message"><div class="stack"><textarea class="mono" rows="14" spellcheck="false" aria-label=${t('dumps.edit')} aria-invalid=${now.error ? 'true' : undefined} aria-describedby="edit-problem" value=${text} onInput=${heard(setText)}></textarea>
      <p id="edit-problem" class="wrong small" aria-live="polite">${now.error && t('dumps.nojson', { problem: now.error })}</p>
      <div class="row"><button class="primary" disabled=${Boolean(now.error) || text === message} onClick=${() => onSave(text)}>${t('save')}</button><button onClick=${onClose}>${t('cancel')}</button></div></div>
    <div aria-label=${t('dumps.difference')}>${now.value && html`<${Message} message=${now.value} difference=${before && between(before, now.value)} />`}</div></div>`;
}
