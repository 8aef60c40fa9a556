import { nodeOf } from './draw.js';

/**
 * @import { Canvas } from './canvas.js'
 * @import { Place } from '../positions.js'
 */

const LEAST = 4;

/** Lets bots be dragged to other places; `onMove` hears of it when one is let go. A click stays a click. @param {Canvas} canvas @param {() => void} onMove */
export function drag(canvas, onMove) {
  /** @type {{id: string, element: HTMLElement, from: Place, place: Place, isMoved: boolean} | null} */
  let held = null;
  canvas.layer.addEventListener('pointerdown', (event) => {
    const element = nodeOf(event);
    const id = element?.dataset.id;
    if (!element || !id || event.button !== 0) return;
    held = { id, element, from: { x: event.clientX, y: event.clientY }, place: canvas.at(id), isMoved: false };
  });
  canvas.frame.addEventListener('pointermove', (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.from.x, event.clientY - held.from.y];
    if (!held.isMoved && Math.hypot(x, y) < LEAST) return;
    if (!held.isMoved) held.element.setPointerCapture(event.pointerId);
    held.isMoved = true;
    canvas.move(held.id, { x: held.place.x + x / canvas.view.scale, y: held.place.y + y / canvas.view.scale });
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.frame.addEventListener(end, () => {
      if (held?.isMoved) {
        canvas.layer.addEventListener('click', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
        onMove();
      }
      held = null;
    });
  }
}
