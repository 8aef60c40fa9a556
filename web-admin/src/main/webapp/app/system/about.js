import { html } from '../core/html.js';
import { get } from '../core/api.js';
import { t } from '../core/texts.js';
import { Panel, useResource } from '../ui/panel.js';

/** @import { About as Versions } from '../core/types.js' */

/** Versions and licences. */
export function About() {
  const about = useResource((signal) => get('system/about', null, { signal }));
  return html`<${Panel} of=${about}>${(/** @type {Versions} */ now) => html`<section class="card stack"><h2>IntelMQ on Jakarta EE ${now.version}</h2>
    <p>${t('about.text', { intelmq: now.intelmq })}</p>
    <p>${t('about.licence')} AGPL-3.0-or-later</p>
    <p><a href="/api/v1/docs" target="_blank">${t('about.docs')}</a></p>
    ${now.libraries.length > 0 && html`<table><thead><tr><th>${t('about.library')}</th><th>${t('system.version')}</th><th>${t('about.licence.short')}</th></tr></thead>
      <tbody>${now.libraries.map((each) => html`<tr><td>${each.name}</td><td>${each.version}</td><td>${each.licence ?? ''}</td></tr>`)}</tbody></table>`}</section>`}<//>`;
}
