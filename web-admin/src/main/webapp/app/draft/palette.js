import { heard, html, useMemo, useState } from '../core/html.js';
import { t } from '../core/texts.js';
import { Panel } from '../ui/panel.js';
import { found, useCatalogue } from './catalogue.js';

/** @import { Kind } from './catalogue.js' */
/** @typedef {{x: number, y: number}} Point of the window */

const LEAST = 4;

/** Lets a kind of bot be dragged: `onDrop` hears where it is let go. A click stays a click. @param {PointerEvent} down @param {string} name @param {(at: Point) => void} onDrop */
function lift(down, name, onDrop) {
  if (down.button !== 0) return;
  const target = /** @type {HTMLElement} */ (down.currentTarget);
  /** @type {HTMLElement | null} */
  let ghost = null;
  target.setPointerCapture(down.pointerId);
  const move = (/** @type {PointerEvent} */ event) => {
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < LEAST) return;
    ghost ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'ghost', textContent: name }));
    ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
  };
  const end = (/** @type {PointerEvent} */ event) => {
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', end);
    target.removeEventListener('pointercancel', end);
    if (!ghost) return;
    ghost.remove();
    target.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
    if (event.type === 'pointerup') onDrop({ x: event.clientX, y: event.clientY });
  };
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', end);
  target.addEventListener('pointercancel', end);
}

/** The kinds of bots beside the graph: to be dragged into it, or added where there is room with Enter. @param {{onAdd: (type: Kind, at?: Point) => void}} properties */
export function Palette({ onAdd }) {
  const catalogue = useCatalogue();
  const [text, setText] = useState('');
  const groups = useMemo(() => {
    /** @type {Map<string, Kind[]>} */
    const kinds = new Map();
    for (const type of found(catalogue.data ?? [], text)) kinds.set(type.group, [...(kinds.get(type.group) ?? []), type]);
    return [...kinds];
  }, [text, catalogue.data]);
  return html`<aside class="palette" aria-label=${t('add.kinds')}>
    <input type="search" aria-label=${t('add.find')} placeholder=${t('add.find')} value=${text} onInput=${heard(setText)} />
    <p class="muted small">${t('add.drag')}</p>
    <${Panel} of=${catalogue}>${() => groups.map(([group, types]) => html`<details open=${text !== '' || group === 'Collector'} key=${`${group} ${text !== ''}`}><summary>${group} <span class="muted figure">${types.length}</span></summary>
      <ul>${types.map((type) => html`<li key=${type.module}><button class="plain" title=${type.description} onClick=${() => onAdd(type)} onPointerDown=${(/** @type {PointerEvent} */ event) => lift(event, type.name, (at) => onAdd(type, at))}>${type.name}</button></li>`)}</ul></details>`)}<//>
  </aside>`;
}
