import { html, useEffect, useErrorBoundary, useState } from '../core/html.js';
import { useStore } from '../core/store.js';
import { bind, bindPage, bound, singleKeys } from '../core/keys.js';
import { useLost } from '../core/connection.js';
import { loginWanted, session } from '../core/session.js';
import { main, pageAt } from '../core/pages.js';
import { navigate, route } from '../core/router.js';
import { language, t } from '../core/texts.js';
import { Login } from '../login/login.js';
import { Dialog } from '../ui/dialog.js';
import { Empty, Failure } from '../ui/panel.js';
import { Toasts } from '../ui/toast.js';
import { Bar, LostBar } from './bar.js';
import { Finder } from './finder.js';
import { Rail } from './rail.js';

/**
 * @import { Content } from '../core/html.js'
 * @import { PageKind } from '../core/pages.js'
 */
/** @typedef {{page?: PageKind | null, component?: (properties: any) => any, error?: Error}} Loaded */

/** The page's component, loaded when it is first shown. @param {PageKind | undefined} page @returns {Loaded} */
function usePage(page) {
  const [loaded, setLoaded] = useState(/** @type {Loaded} */ ({ page: null }));
  useEffect(() => {
    if (!page) return;
    page.load().then((module) => setLoaded({ page, component: module.default }), (error) => setLoaded({ page, error }));
  }, [page]);
  return loaded.page === page ? loaded : {};
}

/** A mistake of a page ends that page alone, and is said. @param {{children: Content}} properties */
function Guarded({ children }) {
  const [error, reset] = useErrorBoundary((thrown) => { console.error(thrown); });
  return error ? html`<${Failure} error=${error} again=${reset} />` : children;
}

/** All keys. @param {{onClose: () => void}} properties */
function Help({ onClose }) {
  const [isOn, setOn] = useState(singleKeys.get());
  const keys = bound().filter((each) => !each.startsWith('Escape'));
  return html`<${Dialog} title=${t('keys.title')} onClose=${onClose}><div class="stack">
    <h1>${t('keys.title')}</h1>
    <ul class="stack keys">${keys.map((each) => html`<li><kbd>${each}</kbd><span>${t(`keys.${each}`)}</span></li>`)}</ul>
    <label class="row"><input type="checkbox" checked=${isOn} onChange=${(/** @type {{target: HTMLInputElement}} */ event) => { singleKeys.set(event.target.checked); setOn(event.target.checked); }} />
      ${t('keys.single')}</label>
    <div class="actions"><button autofocus onClick=${onClose}>${t('close')}</button></div>
  </div><//>`;
}

/** The frame around every page. */
export function Shell() {
  const { path, query } = useStore(route);
  const isLost = useLost();
  const wantsLogin = useStore(loginWanted);
  const spoken = useStore(language);
  const [open, setOpen] = useState(/** @type {'finder' | 'help' | null} */ (null));
  const [isKnown, setKnown] = useState(false);
  useEffect(() => {
    if (session.get()) setKnown(true);
    return session.watch((who) => { if (who) setKnown(true); });
  }, []);
  const here = pageAt(path);
  const mayShow = isKnown || here?.page.isOpen;
  const { component, error } = usePage(here?.page);
  useEffect(() => { if (path === '/' || path === '/login') navigate(query.next?.startsWith('/') && !query.next.startsWith('//') ? query.next : '/pipeline', { replace: true }); }, [path]);
  useEffect(() => {
    const unbind = [bind('Ctrl+k', () => setOpen('finder')), bind('?', () => setOpen('help')),
      ...main.map((page) => bindPage(page.key, page.to))];
    return () => unbind.forEach((each) => each());
  }, []);
  useEffect(() => { document.title = here ? `${t(`page.${here.page.id}`)}${here.parts.id ? `: ${here.parts.id}` : ''} – IntelMQ` : 'IntelMQ'; }, [path, spoken]);
  if (here && query.wall === '1' && component && mayShow) return html`<${component} ...${here.parts} query=${query} />`;
  return html`<div class=${`shell ${isLost ? 'is-lost' : ''} ${here?.page.isOpen ? 'alone' : ''}`} key=${spoken}>
    <${Rail} current=${here?.page.key ? here.page.id : 'pipeline'} />
    <${Bar} onFind=${() => setOpen('finder')} />
    <main class=${here?.page.isFull ? 'full' : ''} tabindex="-1">
      <${LostBar} />
      ${!here && path !== '/' && path !== '/login' && html`<h1>${t('page.unknown.title')}</h1><${Empty} text=${t('page.unknown', { path })}><a href="/pipeline">${t('page.pipeline')}</a><//>`}
      ${error && html`<${Failure} error=${error} again=${() => location.reload()} />`}
      ${here && component && mayShow && html`<${Guarded} key=${here.page.id}><${component} ...${here.parts} query=${query} /><//>`}
    </main>
    <${Toasts} />
    ${open === 'finder' && html`<${Finder} onClose=${() => setOpen(null)} />`}
    ${open === 'help' && html`<${Help} onClose=${() => setOpen(null)} />`}
    ${wantsLogin && !here?.page.isOpen && html`<${Login} />`}
  </div>`;
}
