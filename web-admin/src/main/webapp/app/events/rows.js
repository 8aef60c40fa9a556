import { useEffect, useRef, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { parameters } from './query.js';

const PART = 100;
const KEPT = 60;
/** Milliseconds without scrolling before rows are fetched: what only flies by is not. */
const REST = 80;

/** Parts of a search's rows, fetched when they are looked at, and forgotten when many others were since. */
class Parts {
  constructor(query, onChange, onError) {
    this.query = query;
    this.onChange = onChange;
    this.onError = onError;
    this.loaded = new Map();
    this.loading = new Map();
    this.seen = [];
    this.timer = null;
  }

  /** @returns {{number: number, event: object | null}[]} null as long as it is not there */
  rows(first, last) {
    this.seen = Array.from({ length: Math.floor((last - 1) / PART) - Math.floor(first / PART) + 1 }, (each, i) => Math.floor(first / PART) + i);
    if (this.seen.some((part) => !this.loaded.has(part) && !this.loading.has(part))) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fetch(), this.loaded.size > 0 ? REST : 0);
    }
    return Array.from({ length: last - first }, (each, i) => ({ number: first + i, event: this.loaded.get(Math.floor((first + i) / PART))?.[(first + i) % PART] ?? null }));
  }

  fetch() {
    for (const [part, controller] of this.loading) if (!this.seen.includes(part)) { controller.abort(); this.loading.delete(part); }
    for (const part of this.seen) if (!this.loaded.has(part) && !this.loading.has(part)) this.load(part);
  }

  async load(part) {
    const controller = new AbortController();
    this.loading.set(part, controller);
    try {
      const { items } = await get('events', { ...this.query, limit: PART, offset: part * PART }, { signal: controller.signal });
      this.loaded.set(part, items);
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

/**
 * Rows of a search by number: {total, error, until, rows}. The search ends at the moment when it was made, so that rows keep their
 * numbers while new events arrive.
 */
export function useRows(wanted, stamp) {
  const parts = useRef(null);
  const [, redraw] = useState(0);
  const [state, setState] = useState({ total: null, error: null, until: null });
  useEffect(() => {
    const controller = new AbortController();
    const until = wanted.to === 'now' ? new Date().toISOString() : wanted.to;
    const query = { ...parameters(wanted), to: until };
    parts.current = new Parts({ ...query, cols: wanted.columns.join() }, () => redraw((n) => n + 1), (error) => setState((old) => ({ ...old, error })));
    setState((old) => ({ ...old, error: null }));
    get('events/count', query, { signal: controller.signal })
      .then(({ of }) => setState({ total: of, error: null, until }), (error) => controller.signal.aborted || setState({ total: null, error, until }));
    return () => { controller.abort(); parts.current.close(); };
  }, [stamp]);
  return { ...state, rows: (first, last) => parts.current.rows(first, last) };
}
