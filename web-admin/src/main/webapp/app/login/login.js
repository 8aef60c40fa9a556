import { html, submitted, useState } from '../core/html.js';
import { inSentences, post } from '../core/api.js';
import { loggedIn } from '../core/session.js';
import { reconnect } from '../core/live.js';
import { t } from '../core/texts.js';
import { Dialog } from '../ui/dialog.js';
import { spoken } from '../ui/said.js';
import { Provider } from './provider.js';

/** @import { Failed } from '../core/api.js' */

/** Asks who is there; what was typed elsewhere stays as it is. */
export function Login() {
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const submit = submitted(async ({ name, password }) => {
    setBusy(true);
    setError(null);
    try {
      loggedIn(await post('session', { name, password }, { anonymous: true }));
      reconnect();
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  });
  return html`<${Dialog} title=${t('login.title')} className="login">
    <form onSubmit=${submit}>
      <h1>${t('login.title')}</h1>
      <${Provider} onError=${setError} />
      <div class="field"><label for="login-name">${t('login.name')}</label>
        <input id="login-name" name="name" autocomplete="username" required autofocus spellcheck="false" /></div>
      <div class="field"><label for="login-password">${t('login.password')}</label>
        <input id="login-password" name="password" type="password" autocomplete="current-password" required /></div>
      ${error && html`<p class="note error" role="alert" lang=${spoken(error)}>${inSentences(error)}</p>`}
      <p class="muted small">${t('login.first')} <code>intelmqctl user add NAME --role admin</code></p>
      <div class="actions"><button class="primary" disabled=${isBusy}>${t('login.submit')}</button></div>
    </form>
  <//>`;
}
