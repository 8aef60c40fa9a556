import { html, render } from './core/html.js';
import { request } from './core/api.js';
import { followLinks } from './core/router.js';
import { listenToKeys } from './core/keys.js';
import { startLive } from './core/live.js';
import { askForLogin, loggedIn } from './core/session.js';
import { loadTexts } from './core/texts.js';
import { applyTheme } from './core/theme.js';
import { Shell } from './shell/shell.js';

applyTheme();
followLinks();
listenToKeys();
const asked = request('GET', 'session', { anonymous: true });
await loadTexts();
render(html`<${Shell} />`, document.getElementById('app'));
asked.then(loggedIn, (error) => (error.status === 401 ? askForLogin() : undefined)).finally(startLive);
