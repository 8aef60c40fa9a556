import { navigate } from './router.js';

const SINGLE = 'intelmq.single-keys';
const bindings = new Map();
let prefix = null;

/** Whether letters alone are commands (WCAG 2.1.4: they can be switched off). */
export const singleKeys = {
  get: () => localStorage.getItem(SINGLE) !== 'off',
  set: (on) => localStorage.setItem(SINGLE, on ? 'on' : 'off'),
};

/** Binds keys such as `g p`, `/`, `Ctrl+k`; answers how to unbind them. */
export function bind(keys, action) {
  bindings.set(keys, action);
  return () => { if (bindings.get(keys) === action) bindings.delete(keys); };
}

/** All that is bound now, for the help. */
export const bound = () => [...bindings.keys()];

const isTyping = (target) => target.closest?.('input, textarea, select, [contenteditable="true"], .cm-editor');

function name(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + (key === ' ' ? 'Space' : key);
}

export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const pressed = name(event);
    const isChord = pressed.startsWith('Ctrl+') || pressed === 'Escape';
    if (!isChord && (isTyping(event.target) || !singleKeys.get() || document.querySelector('dialog[open]'))) return;
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

export const bindPage = (key, address) => bind(`g ${key}`, () => navigate(address));
