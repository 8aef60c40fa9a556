const LEAST = 4;

/** Lets bots be dragged to other places; `onMove` hears of it when one is let go. A click stays a click. */
export function drag(canvas, onMove) {
  let held = null;
  canvas.layer.addEventListener('pointerdown', (event) => {
    const element = event.target.closest('.node');
    if (!element || event.button !== 0) return;
    const id = element.dataset.id;
    held = { id, element, from: { x: event.clientX, y: event.clientY }, place: canvas.places.get(id), isMoved: false };
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
