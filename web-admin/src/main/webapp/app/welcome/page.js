import { html, submitted, useState } from '../core/html.js';
import { post } from '../core/api.js';
import { loggedIn } from '../core/session.js';
import { navigate } from '../core/router.js';
import { t } from '../core/texts.js';
import { Failure } from '../ui/panel.js';

/** @import { Failed } from '../core/api.js' */

/** The first visit: makes the administrator with the link that the server has printed, and goes on to the feeds. */
export default function WelcomePage() {
  const [error, setError] = useState(/** @type {Failed | null} */ (null));
  const secret = location.hash.slice(1);
  const submit = submitted(async ({ name, password }) => {
    try {
      loggedIn(await post('session', { link: secret, name, password }, { anonymous: true }));
      navigate('/feeds', { replace: true });
    } catch (failed) { setError(failed); }
  });
  return html`<form class="card stack first" onSubmit=${submit}><h1>${t('welcome.title')}</h1><p>${t('welcome.text')}</p>
    ${!secret && html`<p class="note warn">${t('welcome.nolink')} <code>intelmqctl user add NAME --role admin</code></p>`}
    ${secret && html`<div class="field"><label for="first-name">${t('login.name')}</label><input id="first-name" name="name" required autofocus autocomplete="username" /></div>
    <div class="field"><label for="first-password">${t('login.password')}</label><input id="first-password" name="password" type="password" required minlength="12" autocomplete="new-password" aria-describedby="first-rule" /><p id="first-rule" class="help small">${t('welcome.password')}</p></div>`}
    ${error && html`<${Failure} error=${error} />`}<div class="actions">${secret ? html`<button class="primary">${t('welcome.submit')}</button>` : html`<a class="button" href="/">${t('welcome.known')}</a>`}</div></form>`;
}
