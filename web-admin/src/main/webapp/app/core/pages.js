import { match } from './router.js';

/**
 * All pages. A page is a folder whose module has a default component, which gets the address's parts as properties; it is loaded when
 * it is first shown. Those with a `key` are in the rail; `g` and the key go there.
 */
export const pages = [
  { id: 'pipeline', path: '/pipeline/:view?/:step?', to: '/pipeline', key: 'p', icon: 'diagram-3', load: () => import('../pipeline/page.js') },
  { id: 'dumps', path: '/dumps', to: '/dumps', key: 'd', icon: 'inboxes', load: () => import('../dumps/page.js') },
  { id: 'bot', path: '/bots/:id/:tab?', load: () => import('../bot/page.js') },
  { id: 'queue', path: '/queues/:name', load: () => import('../queue/page.js') },
];

/** The page of an address, with the parts of it; undefined if there is none. */
export function pageAt(path) {
  for (const page of pages) {
    const parts = match(page.path, path);
    if (parts) return { page, parts };
  }
  return undefined;
}
