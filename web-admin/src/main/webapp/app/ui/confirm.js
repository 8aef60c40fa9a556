import { heard, html, submitted, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { Dialog } from './dialog.js';

/**
 * Asks before something that is hard to undo; `typed` is what must be typed first.
 * @param {{title: string, text: string, typed?: string, action: string, isDangerous?: boolean, onClose: () => void, onConfirm: () => unknown}} properties
 */
export function Confirm({ title, text, typed, action, isDangerous = true, onClose, onConfirm }) {
  const [given, give] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = submitted(async () => {
    setBusy(true);
    await onConfirm();
    onClose();
  });
  return html`<${Dialog} title=${title} onClose=${onClose}><form onSubmit=${submit}>
    <h1>${title}</h1><p>${text}</p>
    ${typed && html`<div class="field"><label for="confirm-typed">${t('confirm.type', { typed })}</label>
      <input id="confirm-typed" autofocus autocomplete="off" value=${given} onInput=${heard(give)} /></div>`}
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button>
      <button class=${isDangerous ? 'danger' : 'primary'} disabled=${isBusy || (typed && given !== typed)}>${action}</button></div>
  </form><//>`;
}
