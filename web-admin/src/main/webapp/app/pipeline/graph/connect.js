import { curve, make } from './draw.js';
import { NODE } from './layout.js';

/** Lets a line be drawn from a bot's handle to another bot; `onConnect` hears of both. */
export function connect(canvas, onConnect) {
  let held = null;
  canvas.layer.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('.handle');
    if (!handle || event.button !== 0) return;
    event.stopImmediatePropagation();
    held = { from: handle.closest('.node').dataset.id, line: make('path', { class: 'edge drawn' }, canvas.picture) };
    canvas.frame.setPointerCapture(event.pointerId);
  });
  canvas.frame.addEventListener('pointermove', (event) => {
    if (!held) return;
    const { x, y } = canvas.view.toLayer(event.clientX, event.clientY);
    held.line.setAttribute('d', curve(canvas.places.get(held.from), { x, y: y - NODE.height / 2 }));
  });
  for (const end of ['pointerup', 'pointercancel']) {
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
