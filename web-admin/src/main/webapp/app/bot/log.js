import { heard, html, useEffect, useElement, useLayoutEffect, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { bind } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { filter } from '../core/router.js';
import { t } from '../core/texts.js';
import { time } from '../core/format.js';
import { Failure } from '../ui/panel.js';
import { More, useParts } from '../ui/pages.js';

/** @import { Bot, LogEntry } from '../core/types.js' */

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
const MOST = 5000;
const isBottom = (/** @type {Element} */ element) => element.scrollHeight - element.scrollTop - element.clientHeight < 24;

/** Equal lines that follow each other become one with a count. @param {LogEntry[]} lines */
function folded(lines) {
  /** @type {LogEntry[]} */
  const result = [];
  for (const line of lines) {
    const last = result[result.length - 1];
    if (last && last.message === line.message && last.level === line.level) result[result.length - 1] = { ...line, count: last.count + line.count };
    else result.push(line);
  }
  return result;
}

/** What was said; where it came from in the program is shown on demand. @param {{message: string}} properties */
function Said({ message }) {
  const end = message.indexOf('\n');
  return end < 0 ? html`<span lang="en">${message}</span>` : html`<span><span lang="en">${message.slice(0, end)}</span><details><summary class="small muted">${t('log.more')}</summary><pre class="small" lang="en">${message.slice(end + 1)}</pre></details></span>`;
}

/** @param {Bot} bot @param {string} level @param {string} q */
function useLog(bot, level, q) {
  const old = useParts((cursor, signal) => get(`bots/${bot.id}/log`, { level, q, cursor, lines: 200 }, { signal }), [bot.id, level, q]);
  const [fresh, setFresh] = useState(/** @type {LogEntry[]} */ ([]));
  useEffect(() => setFresh([]), [bot.id, level, q]);
  useLive(`log:${bot.id}`, (line) => {
    const isWanted = LEVELS.indexOf(line.level) >= LEVELS.indexOf(level) && (!q || line.message.toLowerCase().includes(q.toLowerCase()));
    if (isWanted) setFresh((all) => [...all, line].slice(-MOST));
  });
  return { old, fresh };
}

/** The log, newest below. It follows as long as its end is shown; whoever scrolls up has peace. @param {{bot: Bot, query: Record<string, string>}} properties */
export function Log({ bot, query }) {
  const { level = 'INFO', q = '' } = query;
  const { old, fresh } = useLog(bot, level, q);
  const [held, hold] = useState(/** @type {number | null} */ (null));
  const box = useElement(HTMLElement);
  const lines = folded([...(old.items ?? [])].reverse().concat(held ? fresh.slice(0, held) : fresh));
  useLayoutEffect(() => { if (!held) box.current.scrollTop = box.current.scrollHeight; });
  const toggle = () => hold(held === null ? fresh.length || 0.1 : null);
  useEffect(() => bind('Space', toggle));
  const toError = (/** @type {1 | -1} */ direction) => () => {
    const tops = [...box.current.querySelectorAll('.level-ERROR, .level-CRITICAL')].map((/** @type {any} */ each) => each.offsetTop - box.current.offsetTop);
    const here = box.current.scrollTop;
    const next = direction > 0 ? tops.find((top) => top > here + 1) : tops.reverse().find((top) => top < here - 1);
    if (next === undefined) return;
    hold(held ?? (fresh.length || 0.1));
    box.current.scrollTop = next;
  };
  useEffect(() => bind('n', toError(1)));
  useEffect(() => bind('Shift+n', toError(-1)));
  const onScroll = () => { if (held === null && !isBottom(box.current)) hold(fresh.length || 0.1); else if (held !== null && isBottom(box.current)) hold(null); };
  const unseen = held === null ? 0 : fresh.length - Math.floor(held);
  return html`<div class="log">
    <div class="row">
      <label class="row">${t('log.level')} <select value=${level} onChange=${heard((chosen) => filter({ level: chosen }))}>${LEVELS.map((each) => html`<option>${each}</option>`)}</select></label>
      <input type="search" aria-label=${t('log.find')} placeholder=${t('log.find')} value=${q} onChange=${heard((text) => filter({ q: text }))} />
      <button onClick=${toggle} aria-pressed=${held !== null}>${t(held === null ? 'log.pause' : 'log.resume')}</button>
      <${More} of=${old} />
    </div>
    ${old.error && html`<${Failure} error=${old.error} again=${old.again} />`}
    <ol ref=${box} class="lines" tabindex="0" aria-label=${t('bot.log')} onScroll=${onScroll}>${lines.map((line) => html`
      <li class=${`level-${line.level}`}><time dateTime=${line.time} title=${line.time}>${time(line.time)}</time><b>${line.level}</b><${Said} message=${line.message} />
        ${line.count > 1 && html`<em>×${line.count}</em>`}</li>`)}
      ${old.items && lines.length === 0 && html`<li class="muted">${t('log.empty')}</li>`}</ol>
    ${held !== null && html`<button class="follow" onClick=${() => hold(null)}>${t('log.paused', { n: unseen })}</button>`}
  </div>`;
}
