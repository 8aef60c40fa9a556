import { useEffect, useState } from './html.js';

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** @param {string} address */
function load(address) {
  const found = loaded.get(address) ?? new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: resolve, onerror: resolve }));
  });
  loaded.set(address, found);
  return found;
}

/** Loads a page's own style sheet; false until it is there. @param {string} address */
export function useStyle(address) {
  const [isReady, setReady] = useState(false);
  useEffect(() => { load(address).then(() => setReady(true)); }, [address]);
  return isReady;
}
