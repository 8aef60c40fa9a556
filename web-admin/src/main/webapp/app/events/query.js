import { navigate } from '../core/router.js';

export const RANGES = ['now-1h', 'now-24h', 'now-7d', 'now-30d', 'now-365d'];
export const FACETS = ['classification.taxonomy', 'classification.type', 'feed.name', 'source.geolocation.cc', 'source.asn'];
const COLUMNS = ['time.observation', 'source.ip', 'source.asn', 'source.fqdn', 'classification.type', 'feed.name'];

/**
 * @typedef {{field: string, value: string, isNot: boolean}} Filter
 * @typedef {{q: string, from: string, to: string, filters: Filter[], columns: string[], event: string | null, by: string}} Wanted by: the field whose values the chart counts apart
 * @typedef {{q: string, from: string, to: string, f: string[]}} Frozen parameters of our REST interface
 */

/** What is searched for, as the address says. @returns {Wanted} */
export function search() {
  const query = new URLSearchParams(location.search);
  const filters = query.getAll('f').map((text) => {
    const isNot = text.startsWith('-');
    const [field, ...value] = (isNot ? text.slice(1) : text).split(':');
    return { field, value: value.join(':'), isNot };
  });
  return { q: query.get('q') ?? '', from: query.get('from') || 'now-24h', to: query.get('to') || 'now', filters, columns: query.get('cols')?.split(',') ?? COLUMNS, event: query.get('e'), by: query.get('by') ?? '' };
}

const filterText = (/** @type {Filter} */ { field, value, isNot }) => `${isNot ? '-' : ''}${field}:${value}`;

/** The same as parameters of our REST interface. */
export const parameters = (/** @type {Wanted} */ { q, from, to, filters }) => ({ q, from, to, f: filters.map(filterText) });

/** @type {Record<string, number>} */
const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 };

/** @param {string} text @param {number} now */
function moment(text, now) {
  const [, n, unit] = /^now(?:-(\d+)([smhd]))?$/.exec(text) ?? [text];
  if (!text.startsWith('now')) return text;
  return new Date(now - (n ? Number(n) * SECONDS[unit] * 1000 : 0)).toISOString();
}

/** The same with the times of this moment, so that rows keep their numbers and all that is counted is counted of the same. @param {Wanted} wanted @param {number} now @returns {Frozen} */
export const frozen = (wanted, now) => ({ ...parameters(wanted), from: moment(wanted.from, now), to: moment(wanted.to, now) });

/** Goes to another search; short addresses, so that they can be handed on. @param {Partial<Wanted>} change */
export function go(change) {
  const wanted = { ...search(), ...change };
  const query = new URLSearchParams();
  if (wanted.q) query.set('q', wanted.q);
  if (wanted.from !== 'now-24h') query.set('from', wanted.from);
  if (wanted.to !== 'now') query.set('to', wanted.to);
  wanted.filters.forEach((each) => query.append('f', filterText(each)));
  if (wanted.columns.join() !== COLUMNS.join()) query.set('cols', wanted.columns.join());
  if (wanted.by) query.set('by', wanted.by);
  if (wanted.event) query.set('e', wanted.event);
  const text = query.toString();
  navigate(`/events${text ? `?${text}` : ''}`, { replace: true });
}

/** Adds a filter, or takes it away if it is there. @param {string} field @param {unknown} value */
export function toggle(field, value, isNot = false) {
  const { filters } = search();
  const others = filters.filter((each) => each.field !== field || each.value !== String(value));
  const isThere = filters.some((each) => each.field === field && each.value === String(value) && each.isNot === isNot);
  go({ filters: isThere ? others : [...others, { field, value: String(value), isNot }], event: null });
}
