import { useEffect, useRef, useState } from '../core/html.js';
import { get } from '../core/api.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Bucket, Fields } from '../core/types.js'
 * @import { Frozen } from './query.js'
 */

const PART = 100;
const KEPT = 60;
/** Milliseconds without scrolling before rows are fetched: what only flies by is not. */
const REST = 80;

/**
 * Where a row is: at which end of the time, and how many rows to leave out from there. The database counts what is left out one by
 * one, so that for the last of a million rows it begins at the step of the histogram that the row is in.
 * @param {Bucket[] | null} steps of the histogram, the oldest first; null as long as it is not there
 * @param {number} row 0 is the newest
 */
export function placeOf(steps, row) {
  if (!steps) return { offset: row };
  let newer = 0;
  for (let i = steps.length - 1; i >= 0; i--) {
    if (row < newer + steps[i].total) return i === steps.length - 1 ? { offset: row } : { to: steps[i + 1].time, offset: row - newer };
    newer += steps[i].total;
  }
  return { offset: row };
}

/** Parts of a search's rows, fetched when they are looked at, and forgotten when many others were since. */
class Parts {
  /** @param {Frozen} query @param {string[]} columns @param {() => void} onChange @param {(error: Failed) => void} onError */
  constructor(query, columns, onChange, onError) {
    this.query = query;
    this.columns = columns;
    this.onChange = onChange;
    this.onError = onError;
    /** @type {Map<number, Fields[]>} */
    this.loaded = new Map();
    /** @type {Map<number, AbortController>} */
    this.loading = new Map();
    /** @type {number[]} */
    this.seen = [];
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Bucket[] | null} */
    this.steps = null;
    /** Up to here there may be rows, as long as nobody has counted them. */
    this.end = 0;
  }

  /** @param {number} first @param {number} last @returns {{number: number, event: Fields | null}[]} null as long as it is not there */
  rows(first, last) {
    this.seen = Array.from({ length: Math.floor((last - 1) / PART) - Math.floor(first / PART) + 1 }, (each, i) => Math.floor(first / PART) + i);
    if (this.seen.some((part) => !this.loaded.has(part) && !this.loading.has(part))) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fetch(), REST);
    }
    return Array.from({ length: last - first }, (each, i) => ({ number: first + i, event: this.loaded.get(Math.floor((first + i) / PART))?.[(first + i) % PART] ?? null }));
  }

  fetch() {
    for (const [part, controller] of this.loading) if (!this.seen.includes(part)) { controller.abort(); this.loading.delete(part); }
    for (const part of this.seen) if (!this.loaded.has(part) && !this.loading.has(part)) this.load(part);
  }

  /** @param {number} part */
  async load(part) {
    const controller = new AbortController();
    this.loading.set(part, controller);
    try {
      const { items } = await get('events', { ...this.query, cols: this.columns.join(), limit: PART, ...placeOf(this.steps, part * PART) }, { signal: controller.signal });
      this.loaded.set(part, items);
      this.end = Math.max(this.end, part * PART + items.length + (items.length === PART ? PART : 0));
      for (const old of this.loaded.keys()) if (this.loaded.size > KEPT && !this.seen.includes(old)) this.loaded.delete(old);
      this.onChange();
    } catch (error) {
      if (!controller.signal.aborted) this.onError(error);
    } finally {
      if (this.loading.get(part) === controller) this.loading.delete(part);
    }
  }

  close() {
    clearTimeout(this.timer);
    for (const controller of this.loading.values()) controller.abort();
  }
}

/** @typedef {{query: Frozen, buckets: Bucket[], total: number}} Steps the histogram of a search */

/**
 * Rows of a search by number: {parts, end, error}; those of the search before until the first ones are there.
 * @param {Frozen} query whose times are fixed
 * @param {string[]} columns
 * @param {Steps | null} steps
 * @param {(query: Frozen) => void} onFirst told when the first ones are there
 */
export function useRows(query, columns, steps, onFirst) {
  const asked = useRef(/** @type {Parts | null} */ (null));
  const [shown, show] = useState(/** @type {Parts | null} */ (null));
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const [, redraw] = useState(0);
  useEffect(() => {
    const mine = new Parts(query, columns, () => {
      if (asked.current === mine) { show(mine); onFirst(query); }
      redraw((n) => n + 1);
    }, setError);
    asked.current?.close();
    asked.current = mine;
    setError(null);
    mine.load(0);
  }, [query]);
  useEffect(() => () => asked.current?.close(), []);
  const counted = shown && steps?.query === shown.query ? steps : null;
  if (shown && counted) shown.steps = counted.buckets;
  return { parts: shown, end: counted?.total ?? shown?.end ?? 0, error };
}
