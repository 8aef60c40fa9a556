import { html, useState } from '../core/html.js';
import { get, patch, post, remove } from '../core/api.js';
import { session } from '../core/session.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Confirm } from '../ui/confirm.js';
import { Dialog } from '../ui/dialog.js';
import { Panel, useResource } from '../ui/panel.js';
import { tell } from '../ui/toast.js';

const ROLES = ['viewer', 'operator', 'editor', 'admin'];
const options = () => ROLES.map((role) => html`<option value=${role}>${role}: ${t(`role.${role}`)}</option>`);

function NewUser({ onDone, onClose }) {
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    try {
      await post('users', Object.fromEntries(new FormData(event.target)));
      onDone();
    } catch (failed) { setError(failed); }
  };
  return html`<${Dialog} title=${t('users.add')} onClose=${onClose}><form onSubmit=${submit}><h1>${t('users.add')}</h1>
    <div class="field"><label for="user-name">${t('login.name')}</label><input id="user-name" name="name" required autofocus autocomplete="off" /></div>
    <div class="field"><label for="user-password">${t('login.password')}</label><input id="user-password" name="password" type="password" required minlength="12" autocomplete="new-password" /></div>
    <div class="field"><label for="user-role">${t('users.role')}</label><select id="user-role" name="role">${options()}</select></div>
    ${error && html`<p class="note error">${error.message} ${error.remedy}</p>`}
    <div class="actions"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('add.submit')}</button></div></form><//>`;
}

/** Who may use the console, and as what. */
export function Users() {
  const users = useResource((signal) => get('users', null, { signal }));
  const [dialog, open] = useState(null);
  const act = (work) => work.then(users.again, (error) => { tell(error); users.again(); });
  return html`<div class="stack"><div><button class="primary" onClick=${() => open('add')}>${t('users.add')}</button></div>
    <${Panel} of=${users}>${(all) => html`<div class="card scroll"><table><thead><tr><th>${t('login.name')}</th><th>${t('users.role')}</th><th>${t('users.created')}</th><th>${t('users.login')}</th><th><span class="hidden-text">${t('table.actions')}</span></th></tr></thead>
      <tbody>${all.map((user) => html`<tr key=${user.name}><td>${user.name}</td>
        <td><select aria-label=${t('users.role')} value=${user.role} disabled=${user.name === session.get()?.name} onChange=${(event) => act(patch(`users/${encodeURIComponent(user.name)}`, { role: event.target.value }))}>${options()}</select></td>
        <td>${time(user.created)}</td><td>${time(user.last_login)}</td><td><button class="danger" disabled=${user.name === session.get()?.name} onClick=${() => open({ remove: user.name })}>${t('users.remove')}</button></td></tr>`)}</tbody></table></div>`}<//>
    ${dialog === 'add' && html`<${NewUser} onClose=${() => open(null)} onDone=${() => { open(null); users.again(); }} />`}
    ${dialog?.remove && html`<${Confirm} title=${t('users.remove.title', { name: dialog.remove })} text=${t('users.remove.text')} action=${t('users.remove')} onClose=${() => open(null)} onConfirm=${() => act(remove(`users/${encodeURIComponent(dialog.remove)}`))} />`}</div>`;
}
