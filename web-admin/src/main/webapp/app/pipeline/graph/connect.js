import { make, nodeOf } from './draw.js';
import { NODE } from './layout.js';
import { curve } from './route.js';

/** @import { Canvas } from './canvas.js' */

/** Lets a line be drawn from a bot's handle to another bot; `onConnect` hears of both. @param {Canvas} canvas @param {(from: string, to: string) => void} onConnect */
export function connect(canvas, onConnect) {
  /** @type {{from: string, line: SVGElement} | null} */
  let held = null;
  canvas.layer.addEventListener('pointerdown', (event) => {
    const handle = event.target instanceof Element && event.target.closest('.handle');
    const from = handle && nodeOf(event)?.dataset.id;
    if (!from || event.button !== 0) return;
    event.stopImmediatePropagation();
    held = { from, line: make('path', { class: 'edge drawn' }, canvas.picture) };
    canvas.frame.setPointerCapture(event.pointerId);
  });
  canvas.frame.addEventListener('pointermove', (event) => {
    if (!held) return;
    const { x, y } = canvas.view.toLayer(event.clientX, event.clientY);
    held.line.setAttribute('d', curve(canvas.at(held.from), { x, y: y - NODE.height / 2 }));
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    canvas.frame.addEventListener(end, (event) => {
      if (!held) return;
      const { from, line } = held;
      held = null;
      line.remove();
      const to = document.elementFromPoint(event.clientX, event.clientY)?.closest('.node')?.getAttribute('data-id');
      if (end === 'pointerup' && to && to !== from) onConnect(from, to);
    });
  }
}
