import { html, useEffect, useElement } from '../core/html.js';

/** @import { Content } from '../core/html.js' */

/** A modal dialog; Escape closes it unless it has no `onClose`. @param {{title: string, onClose?: () => void, children: Content, className?: string}} properties */
export function Dialog({ title, onClose, children, className = '' }) {
  const element = useElement(HTMLDialogElement);
  useEffect(() => {
    const dialog = element.current;
    const before = /** @type {HTMLElement} */ (document.activeElement);
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector('[autofocus]'))?.focus();
    return () => {
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return html`<dialog ref=${element} class=${className} aria-label=${title}
      onCancel=${(/** @type {Event} */ event) => { event.preventDefault(); onClose?.(); }}
      onClick=${(/** @type {Event} */ event) => { if (event.target === element.current) onClose?.(); }}>
    ${children}
  </dialog>`;
}
