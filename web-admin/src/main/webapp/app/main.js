import { html, render } from './core/html.js';
import { get, post } from './core/api.js';
import { followLinks } from './core/router.js';
import { listenToKeys } from './core/keys.js';
import { startLive } from './core/live.js';
import { askForLogin, loggedIn } from './core/session.js';
import { loadTexts } from './core/texts.js';
import { applyTheme } from './core/theme.js';
import { loadIcons } from './ui/icon.js';
import { Shell } from './shell/shell.js';

applyTheme();
loadIcons();
followLinks();
listenToKeys();
/** A display's address holds its token, behind the #, which no server is told; it is needed once. */
const token = location.pathname === '/situation' ? location.hash.slice(1) : '';
if (token) history.replaceState(null, '', location.pathname + location.search);
// with its handlers at once: a refusal that nobody waits for yet would be told as an error
(token ? post('session', { token }, { anonymous: true }) : get('session', null, { anonymous: true })).then(loggedIn, (error) => (error.status === 401 ? askForLogin() : undefined)).finally(startLive);
await loadTexts();
render(html`<${Shell} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
