// Lines are as thick as what goes along them, and flow. Flowing costs painting, so only some do.

/**
 * @import { Edge, Node } from './draw.js'
 * @import { Place } from '../positions.js'
 * @import { View } from './view.js'
 */

const MOST = 60;

/** Writes rates and states into lines; answers whether another line flows than before. @param {Edge[]} edges @param {Map<string, Node>} nodes */
export function showRates(edges, nodes) {
  let isOther = false;
  for (const edge of edges) {
    const { events = 0, condition = '' } = nodes.get(edge.from) ?? {};
    const flow = condition === 'held' ? 'held' : events > 0 ? 'flows' : 'idle';
    if (edge.flow !== flow) { edge.flow = flow; edge.line.dataset.flow = flow; isOther = true; }
    const width = (1.2 + Math.log10(1 + events)).toFixed(1);
    if (edge.width !== width) { edge.width = width; edge.line.style.strokeWidth = width; }
  }
  return isOther;
}

/**
 * Lets lines flow that are seen: none if `seen` is null.
 * @param {Edge[]} edges
 * @param {Map<string, Place>} places
 * @param {ReturnType<View['seen']> | null} seen
 */
export function letFlow(edges, places, seen) {
  let room = seen ? MOST : 0;
  for (const edge of edges) {
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    if (!a || !b) continue;
    const isSeen = seen !== null && room > 0 && edge.flow === 'flows' && Math.min(a.x, b.x) < seen.right && Math.max(a.x, b.x) > seen.left && Math.min(a.y, b.y) < seen.bottom && Math.max(a.y, b.y) > seen.top;
    if (isSeen) room--;
    if (edge.isFlowing !== isSeen) { edge.isFlowing = isSeen; edge.line.classList.toggle('flowing', isSeen); }
  }
}
