import { html } from '../core/html.js';
import { t } from '../core/texts.js';

/** @import { Conflict as Contested } from '../core/types.js' */
/** @typedef {'mine' | 'theirs'} Choice */

/** Two people have changed the same: which of the two stays. @param {{conflict: Contested, choice?: Choice, onChoose: (choice: Choice) => void}} properties */
export function Conflict({ conflict, choice, onChoose }) {
  return html`<fieldset class="card"><legend><strong>${conflict.place}</strong></legend>
    ${/** @type {Choice[]} */ (['mine', 'theirs']).map((each) => html`<label class="conflict"><input type="radio" name=${conflict.place} checked=${choice === each} onChange=${() => onChoose(each)} /><span>${t(`plan.${each}`)}</span>
      <pre>${JSON.stringify(conflict[each], null, 1) ?? t('plan.unset')}</pre></label>`)}</fieldset>`;
}
