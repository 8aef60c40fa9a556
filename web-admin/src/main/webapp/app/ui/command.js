import { html } from '../core/html.js';
import { t } from '../core/texts.js';
import { Icon } from './icon.js';
import { toast } from './toast.js';

/** Copies the command that does the same as this page. @param {{command: string}} properties */
export function CopyCommand({ command }) {
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    toast(t('command.copied', { command }));
  };
  return html`<button class="plain" title=${command} onClick=${copy}><${Icon} name="terminal" />${t('command.copy')}</button>`;
}

/** Copies the address of what is shown, for somebody else. */
export function CopyLink() {
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    toast(t('link.copied'));
  };
  return html`<button type="button" onClick=${copy}><${Icon} name="link-45deg" />${t('link.copy')}</button>`;
}
