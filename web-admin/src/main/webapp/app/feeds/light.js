import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Icon } from '../ui/icon.js';

/** @import { Light as Lit } from '../core/types.js' */

const ICONS = { ok: 'check-circle-fill', late: 'clock', silent: 'x-circle-fill', fails: 'exclamation-triangle-fill', new: 'hourglass-split', off: 'square' };
const COLOURS = { ok: 'running', late: 'waiting', silent: 'failing', fails: 'failing', new: 'waiting', off: 'stopped' };

/** How a feed is doing by its last success, not by whether its bot runs. @param {{of: Lit}} properties */
export function Light({ of }) {
  return html`<span class=${`state state-${COLOURS[of]}`}><${Icon} name=${ICONS[of]} />${t(`light.${of}`)}</span>`;
}
