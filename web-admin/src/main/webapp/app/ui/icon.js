import { html } from '../core/html.js';

/** Takes all icons into the page, so that they can be shown when the server is away. */
export function loadIcons() {
  const request = new XMLHttpRequest();
  request.open('GET', '/lib/icons.svg');
  // the browser parses it: Trusted Types let no script turn text into markup
  request.responseType = 'document';
  request.onload = () => {
    const icons = request.responseXML?.documentElement;
    if (!icons) return;
    icons.classList.add('icons');
    document.body.prepend(icons);
  };
  request.send();
}

/** The address of an icon for `<use>`. */
export const iconAddress = (/** @type {string} */ name) => `#icon-${name}`;

/** An icon for the eye; what it means stands beside it, or in `label`. @param {{name: string, label?: string}} properties */
export function Icon({ name, label }) {
  return html`<svg class="icon" role=${label ? 'img' : undefined} aria-label=${label} aria-hidden=${label ? undefined : 'true'}>
    <use href=${iconAddress(name)} /></svg>`;
}
