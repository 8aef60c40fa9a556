import { heard, html, useEffect, useState } from '../core/html.js';
import { useStore } from '../core/store.js';
import { connection } from '../core/connection.js';
import { reconnect } from '../core/live.js';
import { remove } from '../core/api.js';
import { may, session } from '../core/session.js';
import { language, languages, loadTexts, t } from '../core/texts.js';
import { applyTheme, theme } from '../core/theme.js';
import { duration, time } from '../core/format.js';
import { Icon } from '../ui/icon.js';

/**
 * @import { Session } from '../core/types.js'
 * @import { Theme } from '../core/theme.js'
 */

/** Loaded when somebody is there who may change things. @param {Session | null | undefined} who */
function useDraftChip(who) {
  const [chip, setChip] = useState(/** @type {{Chip: (properties: {name?: string}) => unknown} | null} */ (null));
  useEffect(() => { if (who && may('editor')) import('../draft/chip.js').then((module) => setChip({ Chip: module.default })); }, [who]);
  return chip?.Chip;
}

/** On top of every page: find, connection, theme, language, user. @param {{onFind: () => void}} properties */
export function Bar({ onFind }) {
  const who = useStore(session);
  const Chip = useDraftChip(who);
  const look = useStore(theme);
  const spoken = useStore(language);
  const logOut = async () => {
    await remove('session', { anonymous: true });
    location.assign('/');
  };
  return html`<header class="bar">
    <button class="find" onClick=${onFind} aria-keyshortcuts="Control+K"><${Icon} name="search" /><span>${t('find.open')}</span><kbd>Ctrl K</kbd></button>
    <div class="grow"></div>
    ${Chip && html`<${Chip} name=${who?.name} />`}
    <select aria-label=${t('theme.label')} value=${look} onChange=${heard((chosen) => applyTheme(/** @type {Theme} */ (chosen)))}>
      ${['system', 'light', 'dark'].map((each) => html`<option value=${each}>${t(`theme.${each}`)}</option>`)}</select>
    <select aria-label=${t('language.label')} value=${spoken} onChange=${heard(loadTexts)}>
      ${languages.map((each) => html`<option value=${each}>${each.toUpperCase()}</option>`)}</select>
    ${who && html`<span class="row"><${Icon} name="person-circle" /><span title=${t('user.role', { role: who.role })}>${who.name}</span>
      <button class="plain" aria-label=${t('user.logout')} title=${t('user.logout')} onClick=${logOut}><${Icon} name="box-arrow-right" /></button></span>`}
  </header>`;
}

/** Says that the server is away, since when, and when the next try is. */
export function LostBar() {
  const { state, since, next } = useStore(connection);
  const [, tick] = useState(0);
  useEffect(() => {
    if (state !== 'lost') return undefined;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [state]);
  if (state !== 'lost') return null;
  const left = Math.max(0, ((next ?? 0) - Date.now()) / 1000);
  return html`<div class="lost-bar row" role="alert"><${Icon} name="exclamation-triangle-fill" />
    <span class="grow">${t('lost.text', { time: time(new Date(since).toISOString()), left: duration(left) })}</span>
    <button onClick=${reconnect}>${t('lost.now')}</button></div>`;
}
