import { useEffect, useRef, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { parameters } from './query.js';

const PART = 100;

/**
 * Rows of a search by number, fetched in parts when they are looked at. The search ends at the moment when it was made, so that rows
 * keep their numbers while new events arrive.
 */
export function useRows(wanted, stamp) {
  const parts = useRef(new Map());
  const [, redraw] = useState(0);
  const [state, setState] = useState({ total: null, error: null });
  const until = useRef(null);
  useEffect(() => {
    const controller = new AbortController();
    parts.current = new Map();
    until.current = wanted.to === 'now' ? new Date().toISOString() : wanted.to;
    setState((old) => ({ ...old, error: null }));
    get('events/count', { ...parameters(wanted), to: until.current }, { signal: controller.signal })
      .then(({ of }) => setState({ total: of, error: null }), (error) => controller.signal.aborted || setState({ total: null, error }));
    return () => controller.abort();
  }, [stamp]);
  const need = (part) => {
    if (parts.current.has(part)) return;
    const mine = parts.current;
    mine.set(part, []);
    get('events', { ...parameters(wanted), to: until.current, cols: wanted.columns.join(), limit: PART, offset: part * PART })
      .then(({ items }) => { mine.set(part, items); redraw((n) => n + 1); }, (error) => { mine.delete(part); setState((old) => ({ ...old, error })); });
  };
  const rows = (first, last) => {
    const found = [];
    for (let i = first; i < last; i++) {
      const part = Math.floor(i / PART);
      need(part);
      found.push({ number: i, event: parts.current.get(part)?.[i % PART] ?? null });
    }
    return found;
  };
  return { ...state, rows };
}
