import { html } from '../core/html.js';
import { time } from '../core/format.js';

/** @import { Failed } from '../core/api.js' */

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What the server says: in English, whatever the page speaks; with times as the page has them. @param {{text: string | null | undefined}} properties */
export function Said({ text }) {
  return html`<span lang="en">${(text ?? '').replace(TIME, (found) => time(found))}</span>`;
}

/** The language of a failure: the server's refusals have a code, and are in English. @param {Failed} error */
export const spoken = (error) => (error.code ? 'en' : undefined);
