import { createStore } from './store.js';

const KEY = 'intelmq.theme';

/** light, dark, or system. */
export const theme = createStore(localStorage.getItem(KEY) ?? 'system');

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
