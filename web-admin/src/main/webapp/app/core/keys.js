import { navigate } from './router.js';

const SINGLE = 'intelmq.single-keys';
/** @typedef {(event: KeyboardEvent) => unknown} Action */

/** @type {Map<string, Action>} */
const bindings = new Map();
/** @type {string | null} */
let prefix = null;

/** Whether letters alone are commands (WCAG 2.1.4: they can be switched off). */
export const singleKeys = {
  get: () => localStorage.getItem(SINGLE) !== 'off',
  set: (/** @type {boolean} */ on) => localStorage.setItem(SINGLE, on ? 'on' : 'off'),
};

/** Binds keys such as `g p`, `/`, `Ctrl+k`; answers how to unbind them. @param {string} keys @param {Action} action */
export function bind(keys, action) {
  bindings.set(keys, action);
  return () => { if (bindings.get(keys) === action) bindings.delete(keys); };
}

/** All that is bound now, for the help. */
export const bound = () => [...bindings.keys()];

/** What a field does itself. */
const OF_FIELDS = new Set(['Ctrl+z', 'Ctrl+y', 'Ctrl+Shift+z']);

/** Seen from outside, what comes from an editor in a shadow tree comes from its host. */
const origin = (/** @type {Event} */ event) => event.composedPath()[0];

const isTyping = (/** @type {EventTarget} */ target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], .cm-editor');

/** @param {KeyboardEvent} event */
function name(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && /^[a-z]$/.test(key) ? 'Shift+' : '';
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + shift + (key === ' ' ? 'Space' : key);
}

export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const pressed = name(event);
    const isChord = pressed.startsWith('Ctrl+') || pressed === 'Escape';
    if (document.querySelector('dialog[open]') || (isTyping(origin(event)) && (!isChord || OF_FIELDS.has(pressed)))) return;
    if (event.key.length === 1 && !isChord && !singleKeys.get()) return;
    const action = bindings.get(prefix ? `${prefix} ${pressed}` : pressed);
    if (action) {
      event.preventDefault();
      prefix = null;
      action(event);
    } else {
      prefix = pressed === 'g' ? 'g' : null;
    }
  });
}

/**
 * `j` and `k` choose the next row and the one before. Answers how to unbind them.
 * @param {string[]} ids of all rows
 * @param {string | null | undefined} chosen
 * @param {(id: string) => unknown} choose
 */
export function bindRows(ids, chosen, choose) {
  const step = (/** @type {number} */ by) => () => {
    const at = ids.indexOf(chosen ?? '');
    const next = ids[at < 0 ? 0 : at + by];
    if (next !== undefined) choose(next);
  };
  const unbind = [bind('j', step(1)), bind('k', step(-1))];
  return () => unbind.forEach((each) => each());
}

/** @param {string} key @param {string} address */
export const bindPage = (key, address) => bind(`g ${key}`, () => navigate(address));
