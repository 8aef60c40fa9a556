import { html, useEffect } from '../core/html.js';
import { get } from '../core/api.js';
import { bind } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { navigate } from '../core/router.js';
import { useStyle } from '../core/style.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { BotActions } from '../ui/actions.js';
import { condition, State } from '../ui/state.js';
import { Panel, useResource } from '../ui/panel.js';
import { StartStop } from '../ui/toggle.js';
import { Tabs } from '../ui/tabs.js';
import { CopyCommand } from '../ui/command.js';
import { Overview } from './overview.js';
import { Settings } from './settings.js';
import { Log } from './log.js';
import { Queue } from './queue.js';
import { Dumps } from '../dumps/dumps.js';
import { Trial } from './trial.js';
import { Tap } from './tap.js';

/** @import { Bot } from '../core/types.js' */

/** @type {Record<string, (properties: {bot: any, query: any}) => unknown>} */
const TABS = { overview: Overview, settings: Settings, log: Log, queue: Queue, dumps: Dumps, try: Trial, tap: Tap };

/** What does or shows the same on the command line. @type {Record<string, (id: string) => string>} */
const COMMANDS = {
  overview: (id) => `intelmqctl status ${id}`,
  settings: () => 'intelmqctl plan --draft',
  log: (id) => `intelmqctl log ${id}`,
  queue: () => 'intelmqctl list queues',
  dumps: (id) => `intelmqdump --list ${id}`,
  try: (id) => `intelmqctl run ${id} process --dryrun --show-sent`,
  tap: (id) => `intelmqctl tap ${id}`,
};

/** Everything about one bot. @param {{id: string, tab?: string, query: Record<string, string>}} properties */
export default function BotPage({ id, tab = 'overview', query }) {
  const ready = useStyle('/app/bot/bot.css');
  const bot = useResource((signal) => get(`bots/${id}`, null, { signal }), [id]);
  useLive('status', ({ bots }) => { if (bots[id] && bot.data) bot.set({ ...bot.data, ...bots[id] }); });
  useLive('change', () => bot.again());
  const ids = Object.keys(TABS).filter((each) => each !== 'queue' || !bot.data || bot.data.source_queue);
  useEffect(() => {
    const unbind = ids.map((each, i) => bind(String(i + 1), () => navigate(`/bots/${id}/${each}`)));
    return () => unbind.forEach((each) => each());
  }, [id, ids.length]);
  const some = (/** @type {number | undefined} */ n) => Boolean(n) && count(n);
  /** @type {Record<string, string | false>} */
  const counts = { queue: some(bot.data?.waiting), dumps: some(bot.data?.dumped) };
  const Tab = TABS[tab] ?? Overview;
  return ready && html`<div class="bot stack">
    <${Panel} of=${bot}>${(/** @type {Bot} */ one) => html`
      <div class="page-head"><a href=${`/pipeline?bot=${id}`} >‹ ${t('page.pipeline')}</a><h1>${id}</h1><${State} of=${condition(one)} />
        <span class="grow muted">${one.name} <span class="mono small">${one.module}</span></span>
        <${BotActions} bot=${one} onDone=${bot.again} /><${StartStop} bot=${one} onDone=${bot.again} /><${CopyCommand} command=${(COMMANDS[tab] ?? COMMANDS.overview)(id)} /></div>
      <${Tabs} prefix="bot" current=${tab} tabs=${ids.map((each) => ({ id: each, to: `/bots/${id}/${each}`, count: counts[each] }))} />
      <${Tab} bot=${one} query=${query} key=${`${id} ${tab}`} />`}<//>
  </div>`;
}
