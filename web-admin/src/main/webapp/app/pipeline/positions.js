import { useMemo } from '../core/html.js';
import { get, put } from '../core/api.js';
import { may } from '../core/session.js';
import { useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';

/** @import { Fields } from '../core/types.js' */
/**
 * @typedef {{x: number, y: number}} Place
 * @typedef {{places: Record<string, Place>, move?: (all: Iterable<[string, Place]>) => void}} Positions
 */

/** @type {Fields} */
const NOTHING = {};
const isPlace = (/** @type {any} */ entry) => Number.isFinite(entry?.x) && Number.isFinite(entry?.y);

/**
 * Where operators have put bots in the graph, in the file that IntelMQ's own manager has too. `move` is undefined for whoever may not
 * change it. With the first that is moved all are kept, so that none jumps later. What the file says of other things stays.
 * @returns {Positions | null}
 */
export function usePositions() {
  const file = useResource((signal) => get('positions', null, { signal }));
  const content = file.data ?? (file.error ? NOTHING : undefined);
  const places = useMemo(() => Object.fromEntries(Object.entries(content ?? NOTHING).filter(([, entry]) => isPlace(entry))), [content]);
  if (content === undefined) return null;
  const move = (/** @type {Iterable<[string, Place]>} */ all) => {
    const changed = { ...content, ...Object.fromEntries([...all].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }])) };
    file.set(changed);
    put('positions', changed).catch(tell);
  };
  return { places, move: may('editor') ? move : undefined };
}
