import { match } from './router.js';

/**
 * @typedef {{id: string, path: string, load: () => Promise<{default: (properties: any) => any}>, to?: string, key?: string, icon?: string, isFull?: boolean,
 *   isOpen?: boolean}} PageKind isFull: without a margin; isOpen: shown to whoever is not logged in
 */

/**
 * All pages. A page is a folder whose module has a default component, which gets the address's parts as properties; it is loaded when
 * it is first shown. Those with a `key` are in the rail; `g` and the key go there.
 * @type {PageKind[]}
 */
export const pages = [
  { id: 'draft', path: '/pipeline/draft/:step?', isFull: true, load: () => import('../draft/page.js') },
  { id: 'history', path: '/pipeline/history/:revision?', isFull: true, load: () => import('../draft/history.js') },
  { id: 'pipeline', path: '/pipeline', isFull: true, to: '/pipeline', key: 'p', icon: 'diagram-3', load: () => import('../pipeline/page.js') },
  { id: 'events', path: '/events', to: '/events', key: 'e', icon: 'search', isFull: true, load: () => import('../events/page.js') },
  { id: 'situation', path: '/situation', to: '/situation', key: 's', icon: 'display', load: () => import('../situation/page.js') },
  { id: 'feeds', path: '/feeds/:add?/:feed?/:step?', to: '/feeds', key: 'f', icon: 'rss', load: () => import('../feeds/page.js') },
  { id: 'rules', path: '/rules/:file*', to: '/rules', key: 'r', icon: 'list-check', load: () => import('../rules/page.js') },
  { id: 'dumps', path: '/dumps', to: '/dumps', key: 'd', icon: 'inboxes', load: () => import('../dumps/page.js') },
  { id: 'system', path: '/system/:part?', to: '/system/health', key: 'y', icon: 'gear', load: () => import('../system/page.js') },
  { id: 'bot', path: '/bots/:id/:tab?', load: () => import('../bot/page.js') },
  { id: 'queue', path: '/queues/:name', load: () => import('../queue/page.js') },
  { id: 'welcome', path: '/welcome', isOpen: true, load: () => import('../welcome/page.js') },
];

/** The page of an address, with the parts of it; undefined if there is none. @param {string} path */
export function pageAt(path) {
  for (const page of pages) {
    const parts = match(page.path, path);
    if (parts) return { page, parts };
  }
  return undefined;
}

/** Those in the rail. @type {(PageKind & {to: string, key: string, icon: string})[]} */
export const main = pages.flatMap((page) => (page.to && page.key && page.icon ? [{ ...page, to: page.to, key: page.key, icon: page.icon }] : []));
