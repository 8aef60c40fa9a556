import { html, submitted, useState } from '../core/html.js';
import { get, post, remove } from '../core/api.js';
import { useLost } from '../core/connection.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Empty, Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';

/** @import { Token } from '../core/types.js' */

/** Tokens for machines: shown once, kept as a digest. */
export function Tokens() {
  const isLost = useLost();
  const tokens = useResource((signal) => get('tokens', null, { signal }));
  const [made, setMade] = useState(/** @type {Token | null} */ (null));
  const add = submitted(async ({ name, role, days, display }, form) => {
    try {
      setMade(await post('tokens', display ? { name, role: 'viewer', days: Number(days), display: true } : { name, role, days: Number(days) }));
      form.reset();
      tokens.again();
    } catch (error) { tell(error); }
  });
  return html`<div class="stack"><form class="row card" onSubmit=${add}>
      <label class="row">${t('tokens.name')} <input name="name" required /></label>
      <label class="row">${t('users.role')} <select name="role">${['viewer', 'operator', 'editor', 'admin'].map((role) => html`<option>${role}</option>`)}</select></label>
      <label class="row">${t('tokens.days')} <input name="days" type="number" min="1" max="366" defaultValue="90" required /></label>
      <label class="row"><input name="display" type="checkbox" /> ${t('tokens.display')}</label><button class="primary" disabled=${isLost}>${t('tokens.add')}</button></form>
    ${made && html`<div class="note ok stack"><strong>${t('tokens.once')}</strong><code>${made.display ? `${location.origin}/situation?wall=1#${made.token}` : made.token}</code></div>`}
    <${Panel} of=${tokens} isEmpty=${(/** @type {Token[]} */ all) => all.length === 0} empty=${html`<${Empty} icon="key" text=${t('tokens.none')} />`}>${(/** @type {Token[]} */ all) => html`<div class="card scroll"><table>
      <thead><tr><th>${t('tokens.name')}</th><th>${t('users.role')}</th><th>${t('users.created')}</th><th>${t('tokens.expires')}</th><th>${t('tokens.used')}</th><th><span class="hidden-text">${t('table.actions')}</span></th></tr></thead>
      <tbody>${all.map((token) => html`<tr key=${token.id}><td>${token.name}</td><td>${token.display ? t('tokens.display') : token.role}</td><td>${time(token.created)}</td><td>${time(token.expires)}</td><td>${time(token.last_used)}</td>
        <td><button class="danger" disabled=${isLost} onClick=${() => remove(`tokens/${token.id}`).then(tokens.again, tell)}>${t('tokens.revoke')}</button></td></tr>`)}</tbody></table></div>`}<//></div>`;
}
