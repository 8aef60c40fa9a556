import { createStore } from './store.js';

const here = () => ({ path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) });

/** Where we are: {path, query}. */
export const route = createStore(here());

/** Pages push an address; filters replace it, so that Back leaves the page. @param {string} address */
export function navigate(address, { replace = false } = {}) {
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState']({ scroll: 0 }, '', address);
  route.set(here());
}

/** Changes parts of the query; empty values go. @param {Record<string, string | null | undefined>} changes */
export function filter(changes) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  navigate(location.pathname + (text ? `?${text}` : ''), { replace: true });
}

/** Links within the console are followed without loading the document again. */
export function followLinks() {
  addEventListener('popstate', () => route.set(here()));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element && /** @type {HTMLAnchorElement} */ (event.target.closest('a[href]'));
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.download) return;
    if (link.origin !== location.origin || link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

/** A path, its parts as an address has them; the slashes between them stay. @param {string} path */
export const encoded = (path) => path.split('/').map(encodeURIComponent).join('/');

/**
 * `match('/bots/:id/:tab', '/bots/x/log')` is {id: 'x', tab: 'log'}; null if the address is another. A last part with ? may be missing, one
 * with * takes all that is left.
 * @param {string} pattern
 * @param {string} path
 */
export function match(pattern, path) {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  /** @type {Record<string, string | undefined>} */
  const found = {};
  if (pattern.endsWith('*')) {
    const rest = String(wanted.pop()).slice(1, -1);
    found[rest] = given.splice(wanted.length).map(decodeURIComponent).join('/') || undefined;
  }
  if (given.length > wanted.length) return null;
  for (const [i, part] of wanted.entries()) {
    const isOptional = part.endsWith('?');
    if (given[i] === undefined) {
      if (!isOptional) return null;
    } else if (part.startsWith(':')) {
      found[part.slice(1).replace('?', '')] = decodeURIComponent(given[i]);
    } else if (part.replace('?', '') !== given[i]) {
      return null;
    }
  }
  return found;
}
