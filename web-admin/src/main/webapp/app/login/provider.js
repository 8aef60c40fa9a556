import { html, useEffect, useState } from '../core/html.js';
import { get, post } from '../core/api.js';
import { t } from '../core/texts.js';

/** @import { Failed } from '../core/api.js' */

/** The code with which the provider's login has ended, shown once; read before the console goes on to another address. */
let refused = location.pathname === '/login' ? new URLSearchParams(location.search).get('refused') : null;

/** The way to a provider of OpenID Connect, where one is set up, and why the last try did not come about. @param {{onError: (error: Failed | null) => void}} properties */
export function Provider({ onError }) {
  const [name, setName] = useState(/** @type {string | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    get('session/ways', {}, { anonymous: true }).then((ways) => setName(ways.provider), onError);
    return () => { refused = null; };
  }, []);
  const go = async () => {
    setBusy(true);
    onError(null);
    try {
      const { address } = await post('session/oidc', { next: location.pathname + location.search }, { anonymous: true });
      location.assign(address);
    } catch (failed) {
      onError(failed);
      setBusy(false);
    }
  };
  return html`${/^[a-z-]+$/.test(refused ?? '') && html`<p class="note error" role="alert">${t(`login.refused.${refused}`)}</p>`}
    ${name && html`<div class="field"><button type="button" disabled=${isBusy} onClick=${go}>${t('login.provider', { name })}</button></div>`}`;
}
