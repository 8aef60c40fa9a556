import { html, useEffect, useRef } from '../core/html.js';

/** A modal dialog; Escape closes it unless it has no `onClose`. */
export function Dialog({ title, onClose, children, className = '' }) {
  const element = useRef(null);
  useEffect(() => {
    const dialog = element.current;
    const before = /** @type {HTMLElement} */ (document.activeElement);
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
    return () => {
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return html`<dialog ref=${element} class=${className} aria-label=${title}
      onCancel=${(event) => { event.preventDefault(); onClose?.(); }}
      onClick=${(event) => { if (event.target === element.current) onClose?.(); }}>
    ${children}
  </dialog>`;
}
