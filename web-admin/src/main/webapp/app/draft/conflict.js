import { html } from '../core/html.js';
import { t } from '../core/texts.js';

/** Two people have changed the same: which of the two stays. @param {{conflict: {place, base, mine, theirs}, choice?: string, onChoose: Function}} properties */
export function Conflict({ conflict, choice, onChoose }) {
  return html`<fieldset class="card"><legend><strong>${conflict.place}</strong></legend>
    ${['mine', 'theirs'].map((each) => html`<label class="conflict"><input type="radio" name=${conflict.place} checked=${choice === each} onChange=${() => onChoose(each)} /><span>${t(`plan.${each}`)}</span>
      <pre>${JSON.stringify(conflict[each], null, 1) ?? t('plan.unset')}</pre></label>`)}</fieldset>`;
}
