import { html } from '../core/html.js';
import { useLost } from '../core/connection.js';
import { t } from '../core/texts.js';
import { Icon } from './icon.js';

/** @import { Bot } from '../core/types.js' */

/** @type {Record<string, string>} */
const ICONS = { running: 'play-fill', failing: 'exclamation-triangle-fill', held: 'pause-fill', stopped: 'square', disabled: 'slash-circle',
  changing: 'arrow-repeat', waiting: 'clock', drafted: 'pencil' };

/** What a bot is doing, in one word: more than its state, because "running" alone says little. @param {Bot} bot */
export function condition(bot) {
  if (bot.state === 'disabled') return 'disabled';
  if (bot.state === 'stopped' || bot.state === 'unknown') return bot.missing ? 'failing' : 'stopped';
  if (bot.state !== 'running') return 'changing';
  if (bot.held_behind) return 'held';
  if (bot.waits_for) return 'failing';
  return 'running';
}

/** Shape, colour and word; what it was if the server is away. @param {{of: string, isShort?: boolean}} properties */
export function State({ of, isShort = false }) {
  const isLost = useLost();
  const word = isLost ? t('state.was', { state: t(`state.${of}`) }) : t(`state.${of}`);
  return html`<span class=${`state state-${isLost ? 'old' : of}`}><${Icon} name=${isLost ? 'question-circle' : ICONS[of] ?? 'question-circle'} label=${isShort ? word : undefined} />
    ${!isShort && word}</span>`;
}

export const stateIcon = (/** @type {string} */ of) => ICONS[of];
