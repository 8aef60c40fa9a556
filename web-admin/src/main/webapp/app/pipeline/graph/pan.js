/** @import { View } from './view.js' */

/** Lets a view be moved by dragging and the wheel, and zoomed by the wheel with Ctrl. @param {View} view */
export function pan(view) {
  const { frame } = view;
  /** @type {{x: number, y: number} | null} */
  let drag = null;
  frame.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) view.zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    else view.moveTo(view.x - event.deltaX, view.y - event.deltaY);
  }, { passive: false });
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
    drag = { x: event.clientX - view.x, y: event.clientY - view.y };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener('pointermove', (event) => { if (drag) view.moveTo(event.clientX - drag.x, event.clientY - drag.y); });
  for (const end of ['pointerup', 'pointercancel']) {
    frame.addEventListener(end, () => { drag = null; });
  }
}
