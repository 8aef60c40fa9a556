import { heard, html, submitted, useState } from '../core/html.js';
import { get, patch, post, remove } from '../core/api.js';
import { useLost } from '../core/connection.js';
import { session } from '../core/session.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Confirm } from '../ui/confirm.js';
import { Dialog } from '../ui/dialog.js';
import { Failure, Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';

/**
 * @import { Failed } from '../core/api.js'
 * @import { User } from '../core/types.js'
 */

const ROLES = ['viewer', 'operator', 'editor', 'admin'];
const options = () => ROLES.map((role) => html`<option value=${role}>${role}: ${t(`role.${role}`)}</option>`);

/** @param {{onDone: () => void, onClose: () => void}} properties */
function NewUser({ onDone, onClose }) {
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const submit = submitted(async (values) => {
    try {
      await post('users', values);
      onDone();
    } catch (failed) { setError(failed); }
  });
  return html`<${Dialog} title=${t('users.add')} onClose=${onClose}><form onSubmit=${submit}><h1>${t('users.add')}</h1>
    <div class="field"><label for="user-name">${t('login.name')}</label><input id="user-name" name="name" required autofocus autocomplete="off" /></div>
    <div class="field"><label for="user-password">${t('login.password')}</label><input id="user-password" name="password" type="password" required minlength="12" autocomplete="new-password" aria-describedby="user-rule" /><p id="user-rule" class="help small">${t('welcome.password')}</p></div>
    <div class="field"><label for="user-role">${t('users.role')}</label><select id="user-role" name="role">${options()}</select></div>
    ${error && html`<${Failure} error=${error} />`}
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('add.submit')}</button></div></form><//>`;
}

/** Who may use the console, and as what. */
export function Users() {
  const isLost = useLost();
  const users = useResource((signal) => get('users', null, { signal }));
  const [isAdding, add] = useState(false);
  const [removed, askToRemove] = useState(/** @type {string | null} */ (null));
  const act = (/** @type {Promise<unknown>} */ work) => work.then(users.again, (error) => { tell(error); users.again(); });
  return html`<div class="stack"><div><button class="primary" disabled=${isLost} onClick=${() => add(true)}>${t('users.add')}</button></div>
    <${Panel} of=${users}>${(/** @type {User[]} */ all) => html`<div class="card scroll"><table><thead><tr><th>${t('login.name')}</th><th>${t('users.role')}</th><th>${t('users.created')}</th><th>${t('users.login')}</th><th><span class="hidden-text">${t('table.actions')}</span></th></tr></thead>
      <tbody>${all.map((user) => html`<tr key=${user.name}><td>${user.name}</td>
        <td><select aria-label=${t('users.role')} value=${user.role} disabled=${isLost || user.name === session.get()?.name} onChange=${heard((role) => act(patch(`users/${encodeURIComponent(user.name)}`, { role })))}>${options()}</select></td>
        <td>${time(user.created)}</td><td>${time(user.last_login)}</td><td><button class="danger" disabled=${isLost || user.name === session.get()?.name} onClick=${() => askToRemove(user.name)}>${t('users.remove')}</button></td></tr>`)}</tbody></table></div>`}<//>
    ${isAdding && html`<${NewUser} onClose=${() => add(false)} onDone=${() => { add(false); users.again(); }} />`}
    ${removed && html`<${Confirm} title=${t('users.remove.title', { name: removed })} text=${t('users.remove.text')} action=${t('users.remove')} onClose=${() => askToRemove(null)} onConfirm=${() => act(remove(`users/${encodeURIComponent(removed)}`))} />`}</div>`;
}
