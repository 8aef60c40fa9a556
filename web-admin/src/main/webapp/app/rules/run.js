import { useEffect, useRef, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { may } from '../core/session.js';
import { tell } from '../ui/toast.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { Mistake, RuleWay } from '../core/types.js'
 */
/**
 * What a run has shown of which text.
 * @typedef {{ways: RuleWay[], of: string}} Run
 * @typedef {{problems: Mistake[], source: string, events: string, setEvents: (events: string) => void, takeSample: () => void, takeLast: () => Promise<void>,
 *   done: Run | null, error: Failed | null, run: () => Promise<void>}} Running
 */

const PAUSE = 500;
const LAST = 20;
const SAMPLE = '[{"source.ip": "198.51.100.7", "classification.type": "c2-server", "feed.name": "Example"}]';

/** The newest events of the database, whole, as they went through. */
async function lastEvents() {
  const { items } = await get('events', { limit: LAST });
  const all = await Promise.all(items.map(({ id }) => get(`events/${id}`)));
  return all.map((each) => Object.fromEntries(Object.entries(each.event ?? each).filter(([name, value]) => name !== 'id' && value !== null)));
}

/**
 * Checks a text of rules when typing pauses, and runs it on events then, and when asked to: on the last ones if there are any.
 * @param {string} kind @param {string} text @param {boolean} canRun
 * @returns {Running}
 */
export function useRun(kind, text, canRun) {
  const [problems, setProblems] = useState(/** @type {Mistake[]} */ ([]));
  const [taken, take] = useState(/** @type {{source: string, events: string} | null} */ (null));
  const [done, setDone] = useState(/** @type {Run | null} */ (null));
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const newest = useRef(0);
  const events = taken?.events ?? '';
  const run = async () => {
    if (!canRun || !taken) return;
    const mine = ++newest.current;
    try {
      const ways = await post('rules/trial', { kind, text, events: JSON.parse(events) });
      if (mine !== newest.current) return;
      setDone({ ways, of: text });
      setError(null);
    } catch (failed) { if (mine === newest.current) setError(failed); }
  };
  const takeSample = () => take({ source: 'sample', events: SAMPLE });
  const takeLast = async () => {
    const last = await lastEvents();
    if (last.length > 0) take({ source: 'last', events: JSON.stringify(last, null, 1) });
    else takeSample();
  };
  // without a database of events there is still the sample
  useEffect(() => { if (canRun) takeLast().catch(takeSample); }, []);
  useEffect(() => {
    if (!may('editor') || (canRun && !taken)) return;
    let isOld = false;
    const work = async () => {
      const found = await post('rules/check', { kind, text });
      if (isOld) return;
      setProblems(found);
      if (canRun && !found.some((each) => each.fatal)) await run();
    };
    const timer = setTimeout(() => work().catch(tell), done ? PAUSE : 0);
    return () => { isOld = true; clearTimeout(timer); };
  }, [kind, text, events]);
  return { problems, source: taken?.source ?? '', events, setEvents: (own) => take({ source: 'own', events: own }), takeSample, takeLast: () => takeLast().catch(setError), done, error, run };
}
