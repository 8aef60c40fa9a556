import { createStore } from './store.js';

const LANGUAGES = ['en', 'de'];
const KEY = 'intelmq.language';
/** @type {Record<string, string>} */
let texts = {};

/** The language in use. */
export const language = createStore('en');

/** Loads the texts of a language: the one asked for, else the one chosen before, else the browser's. @param {string} [wanted] */
export async function loadTexts(wanted) {
  const chosen = [wanted, localStorage.getItem(KEY), navigator.language.slice(0, 2), 'en'].find((each) => each && LANGUAGES.includes(each)) ?? 'en';
  texts = await (await fetch(`/app/texts/${chosen}.json`)).json();
  if (wanted) localStorage.setItem(KEY, wanted);
  document.documentElement.lang = chosen;
  language.set(chosen);
}

/** @typedef {Record<string, any>} Values what `{name}` stands for */

/** The text with this key; `{name}` in it is replaced. A key without a text is shown as it is, so that it is seen. @param {string} key @param {Values} values */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** As t, but with the text `key.one` for a single thing. @param {string} key @param {number} n @param {Values} values */
export function counted(key, n, values = {}) {
  return t(n === 1 ? `${key}.one` : key, { n, ...values });
}

export const languages = LANGUAGES;
