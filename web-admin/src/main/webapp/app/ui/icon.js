import { html } from '../core/html.js';

/** An icon for the eye; what it means stands beside it, or in `label`. */
export function Icon({ name, label }) {
  return html`<svg class="icon" role=${label ? 'img' : undefined} aria-label=${label} aria-hidden=${label ? undefined : 'true'}>
    <use href=${`/lib/icons.svg#${name}`} /></svg>`;
}
