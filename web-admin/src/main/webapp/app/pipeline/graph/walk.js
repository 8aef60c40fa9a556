import { nodeOf } from './draw.js';

/**
 * @import { Canvas } from './canvas.js'
 * @import { Place } from '../positions.js'
 */

/** The next bot above or below, the nearest column first. @param {Map<string, Place>} places @param {string} id @param {1 | -1} direction */
function neighbour(places, id, direction) {
  const here = places.get(id);
  if (!here) return undefined;
  /** @type {{other: string, distance: number} | null} */
  let best = null;
  for (const [other, place] of places) {
    const down = (place.y - here.y) * direction;
    if (other === id || down <= 0) continue;
    const distance = down + Math.abs(place.x - here.x) * 4;
    if (!best || distance < best.distance) best = { other, distance };
  }
  return best?.other;
}

/** Arrow keys go along the lines and between neighbours; Enter opens. @param {Canvas} canvas */
export function walk(canvas) {
  /** @type {Record<string, (id: string) => string | undefined>} */
  const steps = {
    ArrowRight: (id) => canvas.edges.find((edge) => edge.from === id)?.to,
    ArrowLeft: (id) => canvas.edges.find((edge) => edge.to === id)?.from,
    ArrowDown: (id) => neighbour(canvas.places, id, 1),
    ArrowUp: (id) => neighbour(canvas.places, id, -1),
  };
  canvas.layer.addEventListener('keydown', (event) => {
    const id = nodeOf(event)?.dataset.id;
    if (!id) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      canvas.onOpen(id);
      return;
    }
    const next = steps[event.key]?.(id);
    if (next) {
      event.preventDefault();
      canvas.nodes.get(next)?.element.focus({ preventScroll: true });
      canvas.choose(next);
    }
  });
}
