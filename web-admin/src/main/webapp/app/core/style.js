import { useEffect, useState } from './html.js';

const loaded = new Map();

function load(address) {
  if (!loaded.has(address)) {
    loaded.set(address, new Promise((resolve) => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: resolve, onerror: resolve });
      document.head.append(link);
    }));
  }
  return loaded.get(address);
}

/** Loads a page's own style sheet; false until it is there. */
export function useStyle(address) {
  const [isReady, setReady] = useState(false);
  useEffect(() => { load(address).then(() => setReady(true)); }, [address]);
  return isReady;
}
