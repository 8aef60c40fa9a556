import { createStore } from './store.js';

const LANGUAGES = ['en', 'de'];
const KEY = 'intelmq.language';
let texts = {};

/** The language in use. */
export const language = createStore('en');

/** Loads the texts of a language: the one asked for, else the one chosen before, else the browser's. */
export async function loadTexts(wanted) {
  const chosen = [wanted, localStorage.getItem(KEY), navigator.language.slice(0, 2), 'en'].find((each) => LANGUAGES.includes(each));
  texts = await (await fetch(`/app/texts/${chosen}.json`)).json();
  if (wanted) localStorage.setItem(KEY, wanted);
  document.documentElement.lang = chosen;
  language.set(chosen);
}

/** The text with this key; `{name}` in it is replaced. A key without a text is shown as it is, so that it is seen. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** As t, but with the text `key.one` for a single thing. */
export function counted(key, n, values = {}) {
  return t(n === 1 ? `${key}.one` : key, { n, ...values });
}

export const languages = LANGUAGES;
