import { heard, html, useEffect, useMemo, useRef, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { navigate } from '../core/router.js';
import { main } from '../core/pages.js';
import { t } from '../core/texts.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';

/** @import { Bot } from '../core/types.js' */
/** @typedef {{to: string, icon: string, name: string, more: string}} Entry */

const MOST = 50;

/** Finds pages and bots by a part of their names; Enter goes there. @param {{onClose: () => void}} properties */
export function Finder({ onClose }) {
  const [text, setText] = useState('');
  const [chosen, choose] = useState(0);
  const [bots, setBots] = useState(/** @type {Bot[] | null} */ (null));
  useEffect(() => { get('bots').then(setBots, () => setBots([])); }, []);
  /** Enter came before the bots did. */
  const isEager = useRef(false);
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const all = [...main.map((page) => ({ to: page.to, icon: page.icon, name: t(`page.${page.id}`), more: `g ${page.key}` })),
      ...(bots ?? []).map((bot) => ({ to: `/bots/${bot.id}/overview`, icon: 'diagram-3', name: bot.id, more: bot.name ?? bot.module }))];
    return all.filter((each) => words.every((word) => `${each.name} ${each.more}`.toLowerCase().includes(word))).slice(0, MOST);
  }, [text, bots]);
  const go = (/** @type {Entry | undefined} */ entry) => {
    if (!entry) return;
    onClose();
    navigate(entry.to);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose((n) => Math.min(found.length - 1, Math.max(0, n + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      isEager.current = bots === null && found.length === 0;
      go(found[chosen]);
    }
  };
  useEffect(() => { if (isEager.current) go(found[0]); }, [bots]);
  return html`<${Dialog} title=${t('find.open')} className="finder" onClose=${onClose}>
    <input autofocus role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant=${`found-${chosen}`} aria-label=${t('find.open')}
      placeholder=${t('find.hint')} value=${text} onInput=${heard((now) => { setText(now); choose(0); })} onKeyDown=${onKeyDown} />
    <ul id="found" role="listbox" aria-label=${t('find.results')}>${found.map((entry, i) => html`
      <li id=${`found-${i}`} role="option" aria-selected=${i === chosen} onClick=${() => go(entry)}>
        <${Icon} name=${entry.icon} /><span>${entry.name}</span><span class="muted small grow">${entry.more}</span></li>`)}
      ${found.length === 0 && html`<li class="muted" role="option" aria-selected="false">${t('find.nothing')}</li>`}
    </ul>
  <//>`;
}
