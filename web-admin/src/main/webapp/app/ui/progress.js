import { html } from '../core/html.js';
import { remove } from '../core/api.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { tell } from './toast.js';

/** @import { Job } from '../core/types.js' */

/** How far a job is, and a way to call it off. @param {{job: Job}} properties */
export function Progress({ job }) {
  return html`<div class="row" role="status"><progress max=${job.total ?? 1} value=${job.done ?? 0}></progress>
    <span class="figure">${count(job.done ?? 0)} / ${count(job.total)}</span>
    <button onClick=${() => remove(`jobs/${job.id}`).catch(tell)}>${t('cancel')}</button></div>`;
}
