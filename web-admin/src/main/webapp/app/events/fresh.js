import { html, useEffect, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { counted } from '../core/texts.js';
import { count } from '../core/format.js';
import { parameters } from './query.js';

/** @import { Wanted } from './query.js' */

const EVERY = 15000;

/** How many events have come since the search was made. They are shown when somebody wants to see them: nothing moves by itself. @param {{wanted: Wanted, since: string, onShow: () => void}} properties */
export function Fresh({ wanted, since, onShow }) {
  const [n, setCount] = useState(0);
  useEffect(() => {
    setCount(0);
    if (wanted.to !== 'now' || !since) return undefined;
    const look = () => { if (!document.hidden) get('events/count', { ...parameters(wanted), from: since, to: 'now' }).then(({ of }) => setCount(of ?? 0), () => setCount(0)); };
    const timer = setInterval(look, EVERY);
    return () => clearInterval(timer);
  }, [since]);
  return n > 0 && html`<button class="fresh" onClick=${onShow}>${counted('events.fresh', n, { count: count(n) })}</button>`;
}
