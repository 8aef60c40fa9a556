import { language } from './texts.js';

/** @import { Time } from './types.js' */

/** @type {Map<string, any>} */
const formats = new Map();

/**
 * Making one takes longer than a thousand uses of it.
 * @template F
 * @param {string} kind
 * @param {(spoken: string) => F} make
 * @returns {F}
 */
function format(kind, make) {
  const key = `${language.get()} ${kind}`;
  if (!formats.has(key)) formats.set(key, make(language.get()));
  return formats.get(key);
}

/** 12,345 or 1.2 M: short enough for a figure in a table. @param {number | null} [n] */
export function count(n) {
  if (n === null || n === undefined) return '–';
  if (Math.abs(n) < 100000) return exact(n);
  return format('compact', (spoken) => new Intl.NumberFormat(spoken, { notation: 'compact', maximumSignificantDigits: 3 })).format(n);
}

/** 1,204,331: where each one matters. @param {number} n */
export const exact = (n) => format('whole', (spoken) => new Intl.NumberFormat(spoken)).format(n);

/** Events per second. @param {number | null} [perSecond] */
export function rate(perSecond) {
  if (perSecond === null || perSecond === undefined) return '–';
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.1) return '< 0.1/s';
  const digits = perSecond < 10 ? 1 : 0;
  return `${perSecond >= 10000 ? count(Math.round(perSecond)) : perSecond.toFixed(digits)}/s`;
}

/** Local time: of day if it is today, else with the day. @param {Time | null} [iso] */
export function time(iso) {
  if (!iso) return '–';
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return (isToday ? format('time', (spoken) => new Intl.DateTimeFormat(spoken, { timeStyle: 'medium', hour12: false }))
    : format('day', (spoken) => new Intl.DateTimeFormat(spoken, { dateStyle: 'short', timeStyle: 'medium', hour12: false }))).format(date);
}

/** 45 s, 12 min, 3 h, 2 d. @param {number | null} [seconds] */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  const abs = Math.abs(seconds);
  if (abs < 90) return `${Math.round(seconds)} s`;
  if (abs < 5400) return `${Math.round(seconds / 60)} min`;
  if (abs < 129600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** Seconds from then to now. @param {Time | null} [iso] */
export const age = (iso) => (iso ? (Date.now() - Date.parse(iso)) / 1000 : null);

/** 12 kB, 3.4 MB. @param {number | null} [n] */
export function bytes(n) {
  if (n === null || n === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, n)) / 3));
  const value = n / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
