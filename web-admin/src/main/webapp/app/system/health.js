import { html, useEffect } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { bytes, count, duration } from '../core/format.js';
import { Panel, useResource } from '../ui/panel.js';

/** @import { System } from '../core/types.js' */

/** @param {{label: string, used: number, total: number, figures: string, more?: string}} properties */
function Bar({ label, used, total, figures, more }) {
  const share = total ? used / total : 0;
  return html`<div class="card stack"><div class="row"><h2 class="grow">${label}</h2><span class="figure">${figures}</span></div>
    <meter min="0" max="1" high="0.8" optimum="0.2" value=${share} aria-label=${label}>${Math.round(share * 100)} %</meter>${more && html`<p class="muted">${more}</p>`}</div>`;
}

/** @type {{name: 'queues' | 'waiting' | 'bytes', form: (n: number) => string}[]} */
const BROKER = [{ name: 'queues', form: count }, { name: 'waiting', form: count }, { name: 'bytes', form: bytes }];

/** Disk, memory and broker now. */
export function Health() {
  const system = useResource((signal) => get('system', null, { signal }));
  useEffect(() => {
    const timer = setInterval(system.again, 10000);
    return () => clearInterval(timer);
  }, []);
  return html`<${Panel} of=${system}>${(/** @type {System} */ now) => html`<div class="charts">
    ${now.disk && html`<${Bar} label=${t('system.disk')} used=${now.disk.total - now.disk.free} total=${now.disk.total} figures=${t('system.free', { free: bytes(now.disk.free), total: bytes(now.disk.total) })} more=${now.disk.days_left ? t('system.days', { n: Math.round(now.disk.days_left) }) : ''} />`}
    ${now.memory && html`<${Bar} label=${t('system.memory')} used=${now.memory.used} total=${now.memory.max} figures=${t('system.used', { used: bytes(now.memory.used), total: bytes(now.memory.max) })} />`}
    <section class="card"><h2>${t('system.server')}</h2><dl class="message">
      <div><dt>${t('system.version')}</dt><dd>${now.version}</dd></div><div><dt>Java</dt><dd>${now.java}</dd></div><div><dt>${t('system.uptime')}</dt><dd>${duration(now.uptime)}</dd></div>
      ${BROKER.map(({ name, form }) => now.broker && html`<div><dt>${t(`system.${name}`)}</dt><dd>${form(now.broker[name])}</dd></div>`)}</dl></section>
  </div>`}<//>`;
}
