import { createStore } from './store.js';

/** @typedef {'system' | 'light' | 'dark'} Theme */

const KEY = 'intelmq.theme';

/** What was chosen before. */
export const theme = createStore(/** @type {Theme} */ (localStorage.getItem(KEY) ?? 'system'));

/** Whether the system is dark, which it may become at dusk. */
export const isSystemDark = createStore(matchMedia('(prefers-color-scheme: dark)').matches);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => isSystemDark.set(matches));

export function applyTheme(chosen = theme.get()) {
  if (chosen === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  } else {
    document.documentElement.dataset.theme = chosen;
    localStorage.setItem(KEY, chosen);
  }
  theme.set(chosen);
}
