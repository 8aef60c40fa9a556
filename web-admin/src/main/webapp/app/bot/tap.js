import { heard, html, useEffect, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { t } from '../core/texts.js';
import { bytes, duration, time } from '../core/format.js';
import { Message } from '../ui/message.js';
import { Empty } from '../ui/panel.js';

/** @import { Bot, Fields, Time } from '../core/types.js' */

const LONGEST = 300;
const KEPT = 50;

/** @param {{bot: Bot, path: string, find: string, onEnd: () => void}} properties */
function Listening({ bot, path, find, onEnd }) {
  const [seen, see] = useState(/** @type {{events: {event: Fields | null, size: number, at: Time}[], hidden: number}} */ ({ events: [], hidden: 0 }));
  const [left, setLeft] = useState(LONGEST);
  useEffect(() => {
    const timer = setInterval(() => setLeft((n) => n - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => { if (left <= 0) onEnd(); }, [left]);
  useLive(`tap:${bot.id}${path ? `:${path}` : ''}`, ({ event, size, not_shown: more, time: at }) => {
    if (find && !JSON.stringify(event).toLowerCase().includes(find.toLowerCase())) return;
    see((old) => ({ events: [{ event, size, at }, ...old.events].slice(0, KEPT), hidden: old.hidden + more }));
  });
  return html`<p class="row muted" role="status">${t('tap.left', { left: duration(left) })} ${seen.hidden > 0 && t('tap.hidden', { n: seen.hidden })}</p>
    ${seen.events.length === 0 && html`<${Empty} icon="broadcast" text=${t('tap.waiting')} />`}
    <ol class="stack">${seen.events.map((each) => html`<li class="card"><span class="muted small">${time(each.at)}</span>${each.event ? html`<${Message} message=${each.event} />` : html`<p class="muted">${t('tap.large', { size: bytes(each.size) })}</p>`}</li>`)}</ol>`;
}

/** Watches what the bot sends on, as it happens. @param {{bot: Bot}} properties */
export function Tap({ bot }) {
  const paths = Object.keys(bot.destination_queues ?? {});
  const [isOn, turn] = useState(false);
  const [path, setPath] = useState('');
  const [find, setFind] = useState('');
  return html`<div class="stack">
    <p class="muted">${t('tap.text')}</p>
    <div class="row"><label class="row">${t('tap.path')} <select value=${path} onChange=${heard(setPath)}><option value="">${t('tap.all')}</option>
        ${paths.map((each) => html`<option>${each}</option>`)}</select></label>
      <input type="search" class="long" aria-label=${t('tap.find')} placeholder=${t('tap.find')} value=${find} onInput=${heard(setFind)} />
      <button class=${isOn ? '' : 'primary'} onClick=${() => turn(!isOn)}>${t(isOn ? 'tap.stop' : 'tap.start')}</button></div>
    ${isOn && html`<${Listening} bot=${bot} path=${path} find=${find} onEnd=${() => turn(false)} key=${path} />`}
  </div>`;
}
